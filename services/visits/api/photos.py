"""Photographs: taken in as they are, told apart by their hash."""

from http import HTTPStatus
from typing import Any

import marshmallow
from flask import Response, request
from flask.views import MethodView
from marshmallow import fields

from services.roles import KNOW_WHY
from services.visits.ids import PhotoHash
from services.visits.photos.decisions import NotePhotoUploaded
from services.visits.photos.formats import MEDIA_TYPES, check_photo, check_size, photo_hash
from services.visits.photos.store import PhotoStore, SealedGridFs
from services.visits.policy import PhotoPolicy
from services.visits.queries import photo_media_type
from services.visits.roles import FIELD
from shared.http import COMMAND_HEADERS, Blueprint, send
from shared.http.access import check_role
from shared.http.current import current_caller, current_runtime

_BINARY = {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in MEDIA_TYPES}

_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
"""What is sent may be called anything: the bytes themselves say what they are."""


class PhotoSchema(marshmallow.Schema):
    """A photograph that is kept."""

    photo = fields.String(required=True, metadata={"description": "SHA-256 of the bytes, in hexadecimal digits."})
    media_type = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "In bytes."})


def photos_blueprint(policy: PhotoPolicy) -> Blueprint:
    blp = Blueprint("photos", __name__, url_prefix="/api/v1/photos", description="Photographs as evidence.")

    @blp.route("")
    class Photos(MethodView):
        @blp.headers(*COMMAND_HEADERS)
        @blp.response(HTTPStatus.CREATED, PhotoSchema)
        @blp.doc(requestBody={"required": True, "content": _BYTES})
        def post(self) -> dict[str, Any]:
            """Keep a JPEG or PNG photograph, sent as the body. The same bytes again are the same photograph."""
            check_role(FIELD, "upload a photograph")  # before anything is kept: the command would refuse too late
            check_size(policy, request.content_length or 0)
            content = request.get_data(cache=True)
            media_type = check_photo(policy, content)
            photo = photo_hash(content)
            _store().keep(photo, content)
            send(NotePhotoUploaded(photo=photo, media_type=media_type, size=len(content)))
            return {"photo": photo, "media_type": media_type, "size": len(content)}

    @blp.route("/<photo>")
    class Photo(MethodView):
        @blp.doc(responses={HTTPStatus.OK: {"description": "The photograph.", "content": _BINARY}})
        def get(self, photo: PhotoHash) -> Response:
            """The photograph."""
            check_role(KNOW_WHY, "see a photograph")
            media_type = photo_media_type(current_runtime().store, current_caller().scope, photo)
            return Response(_store().find(photo), content_type=media_type)

    return blp


def _store() -> PhotoStore:
    runtime = current_runtime()
    return SealedGridFs(runtime.store.database, runtime.ports.cipher)
