"""Why a token is turned down."""

from typing import ClassVar

from shared.kernel.refusals import Kind, Refused


class TokenRefused(Refused):
    """The caller is not known by what it brought."""

    kind = Kind.FORBIDDEN
    challenge: ClassVar[str] = 'Bearer error="invalid_token"'


class TokenMissing(TokenRefused):
    code = "token-missing"
    challenge = "Bearer"

    def __init__(self) -> None:
        super().__init__("请先登录。", "send an access token: Authorization: Bearer ...")


class TokenNotValid(TokenRefused):
    """Malformed, signed by an unknown key or altered, for another audience, or lacking a claim."""

    code = "token-not-valid"

    def __init__(self, why: str) -> None:
        super().__init__("登录凭证无效，请重新登录。", f"token not valid: {why}")


class TokenExpired(TokenRefused):
    code = "token-expired"

    def __init__(self) -> None:
        super().__init__("登录已过期，请重新登录。", "the token has expired")


class TokenRoleUnknown(TokenRefused):
    code = "token-role-unknown"

    def __init__(self) -> None:
        super().__init__("登录凭证中的岗位不被认可，请联系管理员。", "the token names no role of this suite")


class TokenScopeMissing(TokenRefused):
    """The role is bound to a part of the county, and the token does not say to which."""

    code = "token-scope-missing"

    def __init__(self, claim: str) -> None:
        super().__init__("登录凭证没有写明管理范围，请联系管理员。", f"the token lacks the claim {claim}")
