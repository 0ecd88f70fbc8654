"""Changes of posts, from creation to suppression, the undetermined transformation included."""

from typing import Annotated

from msgspec import Meta

from ..french import quoted
from ..nomenclature import Form
from ..records import Pending, Post
from ..values import GradeCode, Hours, PostId, Share, SiteCode, TitleCode, UnitId
from ..working_copy import ImpossibleChange, WorkingCopy, check_candidates
from .base import Change, NewPost, add_new_post

EmploiChanges = Annotated[
    bool,
    Meta(
        title="L’emploi lui-même change",
        description="Grades ouverts, cadre d’emplois ou durée : suppression et création à la délibération.",
    ),
]
"""The emploi itself changes: HR marks it, and both lines appear in the annex to the deliberation."""


def lineage(old: Post) -> tuple[PostId, ...]:
    """The post, then those it comes from: a chart remembers where a post comes from however many steps ago."""
    return (old.id, *old.origins)


class CreatePost(Change, frozen=True, kw_only=True, tag="create_post"):
    """Création de poste."""

    unit: Annotated[UnitId, Meta(title="Unité")]
    new: Annotated[NewPost, Meta(title="Poste créé")]

    def apply(self, chart: WorkingCopy) -> None:
        add_new_post(chart, self.new, self.unit)


class SuppressPost(Change, frozen=True, kw_only=True, tag="suppress_post"):
    """Suppression de poste, with its own motive. Even a vacant post needs the committee's opinion.

    `counterparts`: the posts created in exchange, wherever they are and whatever their category (n ↔ n); they are no
    descendants of this one. They come first in the draft.
    """

    post: Annotated[PostId, Meta(title="Poste")]
    counterparts: Annotated[
        tuple[PostId, ...],
        Meta(
            title="Postes créés en contrepartie",
            description="Dans toute unité et de toute catégorie\u00a0; leur création se place avant la suppression.",
        ),
    ] = ()

    def apply(self, chart: WorkingCopy) -> None:
        for counterpart in self.counterparts:
            if not chart.has_post(counterpart):
                raise ImpossibleChange(
                    "Le poste créé en contrepartie n’existe pas encore à cette étape\u00a0: "
                    "placez sa création avant la suppression."
                )
        if self.post in self.counterparts:
            title = quoted(chart.title(self.post))
            raise ImpossibleChange(f"Le poste {title} ne peut pas être sa propre contrepartie.")
        chart.remove_post(self.post)


class TransformPost(Change, frozen=True, kw_only=True, tag="transform_post"):
    """Transformation: the old post gives way to a new one, lineage both ways, and counts as one adjustment.

    `as_suppression_and_creation`: the emploi itself changes (grades ouverts, cadre d'emplois, durée); both lines then
    appear in the annex to the deliberation. The new post leads what the old one led, is shared as it was and serves the
    same superiors.
    """

    post: Annotated[PostId, Meta(title="Poste transformé")]
    into: Annotated[NewPost, Meta(title="Poste issu de la transformation")]
    as_suppression_and_creation: EmploiChanges = False

    def apply(self, chart: WorkingCopy) -> None:
        old = chart.post(self.post)
        add_new_post(chart, self.into, old.unit, origins=lineage(old))
        if old.shares or old.superiors:
            chart.replace_post(self.into.id, shares=old.shares, superiors=old.superiors)
        chart.remove_post(old.id, successor=self.into.id)


class AttachPosts(Change, frozen=True, kw_only=True, tag="attach_posts"):
    """Rattachement de postes to another unit of the same direction or mission."""

    posts: Annotated[tuple[PostId, ...], Meta(title="Postes", min_length=1)]
    to: Annotated[UnitId, Meta(title="Nouvelle unité")]

    def apply(self, chart: WorkingCopy) -> None:
        for post in self.posts:
            chart.move_post(post, self.to)


class TransferPost(Change, frozen=True, kw_only=True, tag="transfer_post"):
    """Transfert from or to another direction, a unit outside the perimeter, or another employer.

    `agreed`: in agreement with the person who holds it.
    """

    post: Annotated[PostId, Meta(title="Poste")]
    to: Annotated[UnitId, Meta(title="Unité d’accueil")]
    agreed: Annotated[bool, Meta(title="En accord avec la personne qui occupe le poste")] = False

    def apply(self, chart: WorkingCopy) -> None:
        chart.move_post(self.post, self.to)


class RedeployPost(Change, frozen=True, kw_only=True, tag="redeploy_post"):
    """Redéploiement: a vacated post feeds another need; one post less there, one more here, as a pair."""

    post: Annotated[PostId, Meta(title="Poste redéployé")]
    to: Annotated[UnitId, Meta(title="Unité d’accueil")]
    into: Annotated[NewPost, Meta(title="Nouveau poste")]
    as_suppression_and_creation: EmploiChanges = False

    def apply(self, chart: WorkingCopy) -> None:
        add_new_post(chart, self.into, self.to, origins=lineage(chart.post(self.post)))
        chart.remove_post(self.post)


class RegradePost(Change, frozen=True, kw_only=True, tag="regrade_post"):
    """Changement de cotation, and of nothing else."""

    post: Annotated[PostId, Meta(title="Poste")]
    grade: Annotated[GradeCode, Meta(title="Nouvelle cotation")]

    def apply(self, chart: WorkingCopy) -> None:
        if chart.post(self.post).grade == self.grade:
            raise ImpossibleChange(f"Le poste « {chart.title(self.post)} » a déjà la cotation {self.grade}.")
        chart.replace_post(self.post, grade=self.grade)


class RetitlePost(Change, frozen=True, kw_only=True, tag="retitle_post"):
    """Changement d'intitulé."""

    post: Annotated[PostId, Meta(title="Poste")]
    title: Annotated[TitleCode | None, Meta(title="Nouvel intitulé")]
    form: Annotated[Form, Meta(title="Forme de l’intitulé")] = Form.MASCULINE
    label: Annotated[str, Meta(title="Libellé imprimé", description="S’il diffère de l’intitulé.", max_length=200)] = ""
    label_plural: Annotated[str, Meta(title="Libellé imprimé au pluriel", max_length=200)] = ""

    def apply(self, chart: WorkingCopy) -> None:
        old = chart.post(self.post)
        printed = (self.title, self.form, self.label, self.label_plural)
        if (old.title, old.form, old.label, old.label_plural) == printed:
            raise ImpossibleChange(f"Le poste « {chart.title(self.post)} » porte déjà cet intitulé.")
        chart.replace_post(
            self.post, title=self.title, form=self.form, label=self.label, label_plural=self.label_plural
        )


class ChangePostHours(Change, frozen=True, kw_only=True, tag="change_post_hours"):
    """Modification de la durée du poste (temps non complet).

    Over 10 % of the hours, loss of the CNRACL, or from complete to non complete, it may be assimilated to a suppression
    (CGFP L. 542-3): a check warns.
    """

    post: Annotated[PostId, Meta(title="Poste")]
    hours: Annotated[Hours, Meta(title="Nouvelle durée")]
    as_suppression_and_creation: EmploiChanges = False

    def apply(self, chart: WorkingCopy) -> None:
        if chart.post(self.post).hours == self.hours:
            raise ImpossibleChange(f"Le poste « {chart.title(self.post)} » a déjà cette durée.")
        chart.replace_post(self.post, hours=self.hours)


class SharePost(Change, frozen=True, kw_only=True, tag="share_post"):
    """Partage d'un poste between several units; an empty list ends it. The post stays counted in its own unit."""

    post: Annotated[PostId, Meta(title="Poste")]
    shares: Annotated[tuple[Share, ...], Meta(title="Répartition", description="Le total doit faire 100 %.")]

    def apply(self, chart: WorkingCopy) -> None:
        old = chart.post(self.post)
        for share in self.shares:
            chart.unit(share.unit)
        units = [share.unit for share in self.shares]
        if self.shares:
            if len(set(units)) != len(units) or len(units) < 2:
                raise ImpossibleChange("Un poste se partage entre au moins deux unités différentes.")
            if sum(share.percent for share in self.shares) != 100:
                raise ImpossibleChange("Les parts d’un poste partagé doivent faire 100 % au total.")
            if old.unit not in units:
                raise ImpossibleChange(f"L’unité du poste, « {chart.label(old.unit)} », doit garder une part.")
        if old.shares == self.shares:
            raise ImpossibleChange(f"Le poste « {chart.title(self.post)} » est déjà réparti ainsi.")
        chart.replace_post(self.post, shares=self.shares)


class SetSuperiors(Change, frozen=True, kw_only=True, tag="set_superiors"):
    """Double rattachement: beside the one that leads its unit, the post answers functionally to `superiors` (dotted).

    An empty list ends it. The hierarchy does not change.
    """

    post: Annotated[PostId, Meta(title="Poste")]
    superiors: Annotated[
        tuple[PostId, ...],
        Meta(
            title="Autorité fonctionnelle",
            description="En plus du poste qui dirige son unité\u00a0; vide pour y mettre fin.",
        ),
    ]

    def apply(self, chart: WorkingCopy) -> None:
        old = chart.post(self.post)
        for superior in self.superiors:
            chart.post(superior)
        if self.post in self.superiors:
            raise ImpossibleChange(f"Le poste «\u00a0{chart.title(self.post)}\u00a0» ne peut pas relever de lui-même.")
        superiors = tuple(dict.fromkeys(self.superiors))
        if old.superiors == superiors:
            raise ImpossibleChange(
                f"Le poste «\u00a0{chart.title(self.post)}\u00a0» relève déjà de cette autorité fonctionnelle."
            )
        chart.replace_post(self.post, superiors=superiors)


class FreezePost(Change, frozen=True, kw_only=True, tag="freeze_post"):
    """Gel d'un poste: it exists and counts, nobody may be recruited on it."""

    post: Annotated[PostId, Meta(title="Poste")]

    def apply(self, chart: WorkingCopy) -> None:
        if chart.post(self.post).frozen:
            raise ImpossibleChange(f"Le poste « {chart.title(self.post)} » est déjà gelé.")
        chart.replace_post(self.post, frozen=True)


class UnfreezePost(Change, frozen=True, kw_only=True, tag="unfreeze_post"):
    """Dégel d'un poste."""

    post: Annotated[PostId, Meta(title="Poste")]

    def apply(self, chart: WorkingCopy) -> None:
        if not chart.post(self.post).frozen:
            raise ImpossibleChange(f"Le poste « {chart.title(self.post)} » n’est pas gelé.")
        chart.replace_post(self.post, frozen=False)


class ChangePostSite(Change, frozen=True, kw_only=True, tag="change_post_site"):
    """Changement de site d'un poste (résidence administrative)."""

    post: Annotated[PostId, Meta(title="Poste")]
    site: Annotated[SiteCode, Meta(title="Nouveau site")]

    def apply(self, chart: WorkingCopy) -> None:
        if chart.post(self.post).site == self.site:
            raise ImpossibleChange(f"Le poste « {chart.title(self.post)} » est déjà sur ce site.")
        chart.replace_post(self.post, site=self.site)


class TransformUndetermined(Change, frozen=True, kw_only=True, tag="transform_undetermined"):
    """« Un de ces postes » is transformed; which one is known only when the bourse is decided (« à déterminer »)."""

    candidates: Annotated[tuple[PostId, ...], Meta(title="Postes dont l’un sera transformé", min_length=2)]
    into: Annotated[NewPost, Meta(title="Poste issu de la transformation")]
    opened_to: Annotated[
        str, Meta(title="Bourse ouverte à", description="Le groupe qui peut postuler, et pourquoi.")
    ] = ""
    as_suppression_and_creation: EmploiChanges = False

    def apply(self, chart: WorkingCopy) -> None:
        candidates = [chart.post(post) for post in self.candidates]
        if len(set(self.candidates)) != len(candidates):
            raise ImpossibleChange("Un poste est cité deux fois parmi ceux dont l’un sera transformé.")
        check_candidates(candidates)
        open_on = {pending.id: pending for post in self.candidates for pending in chart.pendings_with(post)}
        for pending in open_on.values():
            if set(pending.candidates) != set(self.candidates):
                raise ImpossibleChange(
                    "Une autre transformation à déterminer porte sur une partie de ces postes : "
                    "elles doivent porter sur les mêmes."
                )
        if len(open_on) + 1 >= len(candidates):
            raise ImpossibleChange("Tous ces postes seraient transformés : la transformation n’est pas indéterminée.")
        add_new_post(chart, self.into, candidates[0].unit)
        chart.add_pending(Pending(id=self.id, candidates=self.candidates, into=self.into.id))


class ResolveTransformation(Change, frozen=True, kw_only=True, tag="resolve_transformation"):
    """The bourse is decided: `post`, one of the candidates, is the one that is transformed; nothing else moves."""

    pending: Annotated[str, Meta(title="Transformation à déterminer")]
    post: Annotated[PostId, Meta(title="Poste transformé")]

    def apply(self, chart: WorkingCopy) -> None:
        pending = chart.pending(self.pending)
        if self.post not in pending.candidates:
            raise ImpossibleChange(f"Le poste « {chart.title(self.post)} » ne fait pas partie des postes concernés.")
        others = [each for each in chart.pendings_with(self.post) if each.id != pending.id]
        chart.remove_pending(pending.id)
        for other in others:
            chart.remove_pending(other.id)
            left = tuple(post for post in other.candidates if post != self.post)
            chart.add_pending(Pending(id=other.id, candidates=left, into=other.into))
        into = chart.post(pending.into)
        chart.replace_post(pending.into, origins=(*into.origins, *lineage(chart.post(self.post))))
        chart.remove_post(self.post, successor=pending.into)
