"""What is no photograph."""

from shared.kernel.refusals import Kind, Refused


class NotAPhoto(Refused):
    code = "not-a-photo"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("只能上传 JPEG 或 PNG 格式的照片。", "only JPEG and PNG photographs are kept")


class PhotoTooLarge(Refused):
    code = "photo-too-large"
    kind = Kind.INVALID

    def __init__(self, max_bytes: int) -> None:
        super().__init__(
            f"照片过大，每张不能超过 {max_bytes // 1_000_000} 兆字节。", f"a photograph has at most {max_bytes} bytes"
        )
