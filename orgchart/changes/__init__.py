"""The change catalogue: one frozen tagged type each, read and written as JSON by its tag `type`."""

from collections.abc import Iterable

import msgspec

from ..working_copy import ImpossibleChange
from .base import Change, NewPost, NewUnit
from .posts import (
    AttachPosts,
    ChangePostHours,
    ChangePostSite,
    CreatePost,
    FreezePost,
    RedeployPost,
    RegradePost,
    ResolveTransformation,
    RetitlePost,
    SetSuperiors,
    SharePost,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
    UnfreezePost,
)
from .units import (
    ChangeUnitKind,
    ChangeUnitSites,
    CloseUnit,
    CreateUnit,
    LinkUnit,
    MergeUnits,
    MovePurposes,
    MoveUnit,
    Part,
    RenameUnit,
    SetLead,
    SplitUnit,
    UnlinkUnit,
)

AnyChange = (
    CreateUnit
    | RenameUnit
    | MoveUnit
    | LinkUnit
    | UnlinkUnit
    | CloseUnit
    | MergeUnits
    | SplitUnit
    | SetLead
    | ChangeUnitKind
    | ChangeUnitSites
    | MovePurposes
    | CreatePost
    | SuppressPost
    | TransformPost
    | AttachPosts
    | TransferPost
    | RedeployPost
    | RegradePost
    | RetitlePost
    | ChangePostHours
    | SharePost
    | SetSuperiors
    | FreezePost
    | UnfreezePost
    | ChangePostSite
    | TransformUndetermined
    | ResolveTransformation
)

CATALOGUE: dict[str, type[Change]] = {str(kind.__struct_config__.tag): kind for kind in AnyChange.__args__}


def read_change(payload: object) -> AnyChange:
    """The change a JSON-like payload says. Raises msgspec.ValidationError, naming the path."""
    change: AnyChange = msgspec.convert(payload, type=AnyChange)
    return change


def read_changes(text: bytes) -> tuple[AnyChange, ...]:
    return msgspec.json.decode(text, type=tuple[AnyChange, ...])


def tag_of(change: Change) -> str:
    return str(type(change).__struct_config__.tag)


def minted_ids(changes: Iterable[Change]) -> set[str]:
    """The ids of units and posts that these changes make."""
    found: set[str] = set()
    for change in changes:
        match change:
            case CreateUnit(new=new) | MergeUnits(into=new):
                found.add(new.id)
            case SplitUnit(into=parts):
                found.update(part.new.id for part in parts)
            case CreatePost(new=post):
                found.add(post.id)
            case TransformPost(into=post) | RedeployPost(into=post) | TransformUndetermined(into=post):
                found.add(post.id)
            case _:
                pass
    return found


def with_duties(change: AnyChange, duties: tuple[str, ...]) -> AnyChange | None:
    """The same change, the post that it makes having these duties; None when it makes no post."""
    match change:
        case CreatePost(new=post):
            return msgspec.structs.replace(change, new=msgspec.structs.replace(post, duties=duties))
        case TransformPost(into=post) | RedeployPost(into=post) | TransformUndetermined(into=post):
            return msgspec.structs.replace(change, into=msgspec.structs.replace(post, duties=duties))
        case _:
            return None


__all__ = [
    "CATALOGUE",
    "AnyChange",
    "AttachPosts",
    "Change",
    "ChangePostHours",
    "ChangePostSite",
    "ChangeUnitKind",
    "ChangeUnitSites",
    "CloseUnit",
    "CreatePost",
    "CreateUnit",
    "FreezePost",
    "ImpossibleChange",
    "LinkUnit",
    "MergeUnits",
    "MovePurposes",
    "MoveUnit",
    "NewPost",
    "NewUnit",
    "Part",
    "RedeployPost",
    "RegradePost",
    "RenameUnit",
    "ResolveTransformation",
    "RetitlePost",
    "SetLead",
    "SetSuperiors",
    "SharePost",
    "SplitUnit",
    "SuppressPost",
    "TransferPost",
    "TransformPost",
    "TransformUndetermined",
    "UnfreezePost",
    "UnlinkUnit",
    "minted_ids",
    "read_change",
    "read_changes",
    "tag_of",
    "with_duties",
]
