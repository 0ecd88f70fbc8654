"""A draft as a case file has it: bringing the one in the database there, by its actions."""

import msgspec

from accounts.models import User
from orgchart.changes import AnyChange
from orgchart.values import ChangeId, PostId

from .. import actions
from ..models import Reorganisation
from ..queries.draft import Draft
from ..queries.written import announced_of, changes_of
from .steps import AgentId, EditDraft, Section, SituationOf


def sections_of(reorganisation: Reorganisation) -> tuple[Section, ...]:
    return tuple(
        Section(
            key=row.key,
            title=row.title,
            markdown=row.markdown,
            included=row.included,
            change=ChangeId(row.change_uid) if row.change_uid else None,
        )
        for row in reorganisation.sections.order_by("position")
    )


def situations_of(reorganisation: Reorganisation) -> tuple[SituationOf, ...]:
    return tuple(
        SituationOf(agent=AgentId(row.agent_uid), post=PostId(row.post_uid) if row.post_uid else None, note=row.note)
        for row in reorganisation.situations.order_by("agent_uid")
    )


def same_draft(reorganisation: Reorganisation, wanted: EditDraft) -> bool:
    """Whether the draft already says what the step says."""
    now = {
        "title": reorganisation.title,
        "effective_on": reorganisation.effective_on,
        "principle_of_security": reorganisation.principle_of_security,
        "announced": announced_of(reorganisation),
        "changes": changes_of(reorganisation),
        "sections": sections_of(reorganisation),
        "situations": situations_of(reorganisation),
    }
    given = {field: getattr(wanted, field) for field in now}
    return all(value == now[field] for field, value in given.items() if value is not left_out(field))


def left_out(field: str) -> object:
    return msgspec.UNSET if field == "effective_on" else None


def write_draft(reorganisation: Reorganisation, wanted: EditDraft, *, by: User | None) -> None:
    """Raises what the actions refuse. A change that cannot be made is kept, as the workspace keeps it."""
    actions.change_details(
        reorganisation=reorganisation,
        title=wanted.title,
        effective_on=wanted.effective_on,
        announced=wanted.announced,
        principle_of_security=wanted.principle_of_security,
        by=by,
        seen=reorganisation.revision,
    )
    if wanted.changes is not None:
        _write_changes(reorganisation, wanted.changes, by)
    if wanted.sections is not None:
        _write_sections(reorganisation, wanted.sections, by)
    if wanted.situations is not None:
        _write_situations(reorganisation, wanted.situations, by)


def refused_in(code: str) -> tuple[str, ...]:
    """Why some of the changes of a draft just written cannot be made: it holds them, and cannot be submitted so."""
    draft = Draft(Reorganisation.objects.select_related("base_version").get(code=code))
    return tuple(refusal.reason for refusal in draft.folded.refusals)


def first_refused(code: str) -> ChangeId | None:
    """The first change of the draft that cannot be made."""
    draft = Draft(Reorganisation.objects.select_related("base_version").get(code=code))
    return next((refusal.change.id for refusal in draft.folded.refusals), None)


def _write_changes(reorganisation: Reorganisation, wanted: tuple[AnyChange, ...], by: User | None) -> None:
    """What comes first and is the same stays; the rest is taken out, and written again."""
    now = changes_of(reorganisation)
    kept = next((rank for rank, (old, new) in enumerate(zip(now, wanted, strict=False)) if old != new), len(now))
    kept = min(kept, len(wanted))
    for change in reversed(now[kept:]):
        actions.delete_change(reorganisation=reorganisation, uid=change.id, by=by, seen=reorganisation.revision)
    if wanted[kept:]:
        actions.add_changes(
            reorganisation=reorganisation,
            changes=wanted[kept:],
            by=by,
            seen=reorganisation.revision,
            leniently=True,
        )


def _write_sections(reorganisation: Reorganisation, wanted: tuple[Section, ...], by: User | None) -> None:
    now = {section.key: section for section in sections_of(reorganisation)}
    asked = {section.key: section for section in wanted}
    for key, section in now.items():
        if key not in asked or section.change != asked[key].change:
            actions.delete_section(reorganisation=reorganisation, key=key, by=by, seen=reorganisation.revision)
    left = {section.key for section in sections_of(reorganisation)}
    for section in wanted:
        if section.key in left:
            actions.save_section(
                reorganisation=reorganisation,
                key=section.key,
                title=section.title,
                markdown=section.markdown,
                included=section.included,
                by=by,
                seen=reorganisation.revision,
            )
        else:
            actions.add_section(
                reorganisation=reorganisation,
                key=section.key,
                title=section.title,
                markdown=section.markdown,
                included=section.included,
                change_uid=section.change,
                by=by,
                seen=reorganisation.revision,
            )
    for rank, section in enumerate(wanted):
        if sections_of(reorganisation)[rank].key != section.key:
            actions.move_section(
                reorganisation=reorganisation, key=section.key, position=rank, by=by, seen=reorganisation.revision
            )


def _write_situations(reorganisation: Reorganisation, wanted: tuple[SituationOf, ...], by: User | None) -> None:
    now = {situation.agent: situation for situation in situations_of(reorganisation)}
    for agent in now.keys() - {situation.agent for situation in wanted}:
        actions.clear_situation(reorganisation=reorganisation, agent_uid=agent, by=by, seen=reorganisation.revision)
    for situation in wanted:
        if now.get(situation.agent) != situation:
            actions.set_situation(
                reorganisation=reorganisation,
                agent_uid=situation.agent,
                post_uid=situation.post,
                note=situation.note,
                by=by,
                seen=reorganisation.revision,
            )
