"""What the command-line library says by itself, in Chinese."""

from collections.abc import Mapping

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

SENTENCES: Mapping[str, str] = {
    "Aborted!": "已中止。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用法说明见 {command} {option}。",
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s，版本 %(version)s",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
    "Missing command.": "请写明要执行哪个命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "Invalid value: {message}": "取值有误：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 有误：{message}",
    "No such option {name!r}.": "没有 {name} 这个选项。",
    "No such command {name!r}.": "没有 {name} 这个命令。",
    "Did you mean {possibility}?": "是不是要写 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多出了 {args}",
    "Got unexpected extra arguments ({args})": "多出了 {args}",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写内容。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写内容。",
    "{value!r} is not {choice}.": "{value} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "没有 {value}，可用：{choices}。",
    "{value!r} does not match the format {format}.": "{value} 的写法有误，应写成 {format} 的样子。",
    "{value!r} does not match the formats {formats}.": "{value} 的写法有误，应写成 {formats} 的样子。",
    "{value!r} is not a valid {number_type}.": "{value} 不是数字。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{name} {filename!r} does not exist.": "没有 {filename}，请核对名称和所在的文件夹。",
    "{name} {filename!r} is a file.": "{filename} 是文件，这里要写文件夹。",
    "{name} {filename!r} is a directory.": "{filename} 是文件夹，这里要写文件。",
    "{name} {filename!r} is not readable.": "{filename} 无法读取，请核对权限。",
    "{name} {filename!r} is not writable.": "{filename} 无法写入，请核对权限。",
    "Could not open file {filename!r}: {message}": "无法打开 {filename}：{message}",
    "Error: invalid input": "请输入 y 或 n",
}
"""By what the library has; what is missing here it says in English."""

_MODULES = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
)


def speak_chinese() -> None:
    """From now on the library's own sentences are Chinese, in this process. The library asks `gettext`, which wants
    compiled files and the reader's locale; a clerk's terminal is often set to English all the same."""
    for module in _MODULES:
        for name, say in (("_", _said), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, say)


def _said(sentence: str) -> str:
    return SENTENCES.get(sentence, sentence)


def _counted(one: str, several: str, count: int) -> str:
    return _said(one if count == 1 else several)
