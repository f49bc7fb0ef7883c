"""The sentences for a field that does not hold what it should, in the clerks' language."""

from typing import Any

from marshmallow import fields, validate

UNKNOWN_FIELD = "没有这个字段。"
NOT_AN_OBJECT = "请求内容应为一组字段。"

_BY_ENGLISH = {
    "Missing data for required field.": "必填项，请填写。",
    "Field may not be null.": "不能为空。",
    "Invalid value.": "填写的内容不符合要求。",
    "Invalid type.": "应为一组字段。",
    "Not a valid list.": "应为列表。",
    "Not a valid string.": "应为文字。",
    "Not a valid utf-8 string.": "文字编码有误，应为 UTF-8。",
    "Not a valid number.": "应为数字。",
    "Number too large.": "数值过大。",
    "Not a valid integer.": "应为整数。",
    "Not a valid boolean.": "应为“是”或“否”（true 或 false）。",
    "Not a valid {obj_type}.": "应为时间，格式如 2026-09-01T08:00:00+08:00。",
    "Not a valid date.": "应为日期，格式如 2026-09-01。",
    "Not a valid mapping type.": "应为一组字段。",
    "Must be one of: {choices}.": "应为下列之一：{choices}。",
    "Shorter than minimum length {min}.": "长度不能小于 {min}。",
    "Longer than maximum length {max}.": "长度不能大于 {max}。",
    "Length must be between {min} and {max}.": "长度应在 {min} 与 {max} 之间。",
    "Length must be {equal}.": "长度应为 {equal}。",
    "Must be equal to {other}.": "应为 {other}。",
    "String does not match expected pattern.": "格式不正确。",
    "Invalid input.": "填写的内容不符合要求。",
    "Must be greater than or equal to {min}.": "不能小于 {min}。",
    "Must be greater than {min}.": "应大于 {min}。",
    "Must be less than or equal to {max}.": "不能大于 {max}。",
    "Must be less than {max}.": "应小于 {max}。",
    "Must be greater than or equal to {min} and less than or equal to {max}.": "应在 {min} 与 {max} 之间。",
}
_VALIDATOR_TEXTS = ("error", "message_min", "message_max", "message_all", "message_equal")


def speak_chinese(field: fields.Field[Any]) -> None:
    """Put Chinese sentences in place of the library's English ones; sentences that a field brought itself stay."""
    field.error_messages = {key: _translated(text) for key, text in field.error_messages.items()}
    for validator in field.validators:
        if isinstance(validator, validate.Validator):
            _translate(validator)
    if isinstance(field, fields.List):
        speak_chinese(field.inner)


def _translate(validator: validate.Validator) -> None:
    for name in _VALIDATOR_TEXTS:
        text = getattr(validator, name, None)
        if text in _BY_ENGLISH:
            setattr(validator, name, _BY_ENGLISH[text])


def _translated(text: Any) -> Any:
    return _BY_ENGLISH.get(text, text) if isinstance(text, str) else text
