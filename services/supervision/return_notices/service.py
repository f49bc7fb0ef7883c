"""What proves that a notice reached its addressee, by method (民诉法 87 to 95)."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.supervision.refusals import ProofOfServiceIncomplete
from services.supervision.return_notices.events import ServiceMethod, ServiceReceipt


@dataclass(frozen=True, slots=True)
class Requirement:
    """At least one of `fields` must be filled in; if not, this is said."""

    fields: tuple[str, ...]
    zh: str
    en: str


_SIGNED = Requirement(("signer",), "须有受送达人或代收人签名。", "the receiver must have signed")

REQUIREMENTS: Mapping[ServiceMethod, Requirement] = {
    ServiceMethod.DIRECT: _SIGNED,
    ServiceMethod.ENTRUSTED: _SIGNED,
    ServiceMethod.LEAVE_BEHIND: Requirement(
        ("witness", "proof"),
        "留置送达须有见证人签名，或照片、录像等送达过程记录。",
        "leaving the document behind needs a witness or a photo or video",
    ),
    ServiceMethod.MAIL: Requirement(("proof",), "邮寄送达须填写挂号信回执编号。", "mail needs the receipt's number"),
    ServiceMethod.ELECTRONIC: Requirement(
        ("proof",), "电子送达须附受送达人同意书。", "electronic service needs the addressee's consent"
    ),
    ServiceMethod.PUBLICATION: Requirement(
        ("proof",), "公告送达须填写公告编号或刊登载体。", "publication needs the announcement's reference"
    ),
}


def check_proof(receipt: ServiceReceipt) -> None:
    """Raises ProofOfServiceIncomplete."""
    if not any(server.strip() for server in receipt.servers):
        raise ProofOfServiceIncomplete("请填写送达人。", "nobody is named as process server", "servers")
    requirement = REQUIREMENTS[receipt.method]
    if not any(getattr(receipt, field).strip() for field in requirement.fields):
        raise ProofOfServiceIncomplete(requirement.zh, requirement.en, requirement.fields[0])
