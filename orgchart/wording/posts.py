"""The words of a change of posts."""

from collections.abc import Sequence

from .. import french
from ..changes import (
    AttachPosts,
    Change,
    ChangePostHours,
    ChangePostSite,
    CreatePost,
    FreezePost,
    NewPost,
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
from ..naming import Names
from ..values import PostId
from .words import Words

IN_AGREEMENT = "en accord avec la personne qui occupe le poste"
AS_SUPPRESSION_AND_CREATION = "l’emploi lui-même change\u00a0: suppression et création à la délibération"
TO_BE_DETERMINED = "le poste transformé sera déterminé par la bourse interne"


def post_words(change: Change, names: Names) -> Words:
    match change:
        case CreatePost(new=new, unit=unit):
            return Words(
                "Créer",
                names.a_new_post(new),
                f"Création {french.de(names.a_new_post(new))}",
                "Création de poste",
                (f"dans {names.the_unit(unit)}", _leads(new)),
            )
        case SuppressPost(post=post):
            return Words(
                "Supprimer",
                names.the_post(post),
                f"Suppression {names.of_post(post)}",
                "Suppression de poste",
                (f"dans {names.unit_of(post)}", made_in_exchange(change.counterparts, names)),
            )
        case TransformPost(post=post, into=into):
            return Words(
                "Transformer",
                f"{names.the_post(post)} en {names.new_title(into)}",
                f"Transformation {names.of_post(post)} en {names.new_title(into)}",
                "Transformation de poste",
                (
                    _leads(into),
                    _emploi(change),
                ),
            )
        case TransformUndetermined(candidates=candidates, into=into):
            one = names.one_of(candidates)
            return Words(
                "Transformer",
                f"{one} en {names.new_title(into)}",
                f"Transformation {french.de(one)} en {names.new_title(into)}",
                "Transformation à déterminer",
                (
                    TO_BE_DETERMINED,
                    opened_to(change),
                    _leads(into),
                    _emploi(change),
                ),
            )
        case ResolveTransformation(pending=pending, post=post):
            made = names.pending_title(pending)
            role = f"comme poste transformé{f' en {made}' if made else ''}"
            return Words(
                "Retenir",
                f"{names.the_post(post)} {role}",
                f"Désignation {names.of_post(post)} {role}",
                "Transformation déterminée",
                ("à l’issue de la bourse interne",),
            )
        case AttachPosts(posts=posts, to=to):
            return Words(
                "Rattacher",
                f"{names.posts(posts)} {names.to_unit(to)}",
                f"Rattachement {names.of_posts(posts)} {names.to_unit(to)}",
                "Rattachement de postes" if len(posts) > 1 else "Rattachement de poste",
            )
        case TransferPost(post=post, to=to):
            return Words(
                "Transférer",
                f"{names.the_post(post)} depuis {names.unit_of(post)}",
                f"Transfert {names.of_post(post)} depuis {names.unit_of(post)}",
                "Transfert de poste",
                (f"vers {names.the_unit(to)}", IN_AGREEMENT if change.agreed else ""),
            )
        case RedeployPost(post=post, into=into, to=to):
            return Words(
                "Redéployer",
                f"{names.the_post(post)} en {names.new_title(into)}",
                f"Redéploiement {names.of_post(post)} en {names.new_title(into)}",
                "Redéploiement de poste",
                (f"depuis {names.unit_of(post)} vers {names.the_unit(to)}", _leads(into), _emploi(change)),
            )
        case RegradePost(post=post, grade=grade):
            turn = names.regrading(post, grade)
            return Words(
                "Changer",
                f"la cotation {names.of_post(post, graded=False)}\u00a0: {turn}",
                f"Changement de cotation {names.of_post(post, graded=False)}\u00a0: {turn}",
                "Changement de cotation",
            )
        case RetitlePost(post=post):
            becomes = french.quoted(names.title(change.title, change.form, change.label))
            return Words(
                "Renommer",
                f"{names.the_post(post, earlier=True)} en {becomes}",
                f"Changement d’intitulé {names.of_post(post, earlier=True)}, qui devient {becomes}",
                "Changement d’intitulé",
            )
        case ChangePostHours(post=post):
            turn = names.rescheduling(post, change.hours)
            return Words(
                "Changer",
                f"la durée {names.of_post(post)}\u00a0: {turn}",
                f"Changement de la durée {names.of_post(post)}\u00a0: {turn}",
                "Changement de durée",
                (_emploi(change),),
            )
        case SharePost(post=post, shares=()):
            return Words(
                "Mettre fin",
                f"au partage {names.of_post(post)}",
                f"Fin du partage {names.of_post(post)}",
                "Fin de partage",
            )
        case SharePost(post=post, shares=shares):
            parts = french.join(
                f"{names.the_unit(share.unit)} ({french.decimal(share.percent)}{french.NBSP}%)" for share in shares
            )
            return Words(
                "Partager",
                f"{names.the_post(post)} entre {parts}",
                f"Partage {names.of_post(post)} entre {parts}",
                "Partage de poste",
            )
        case SetSuperiors(post=post, superiors=()):
            return Words(
                "Mettre fin",
                f"à l’autorité fonctionnelle exercée sur {names.the_post(post)}",
                f"Fin de l’autorité fonctionnelle exercée sur {names.the_post(post)}",
                "Fin d’une autorité fonctionnelle",
            )
        case SetSuperiors(post=post, superiors=superiors):
            told = french.join(f"{names.of_post(each)}, dans {names.home_of(each)}" for each in superiors)
            who = names.the_post(post)
            return Words(
                "Placer",
                f"{who} sous l’autorité fonctionnelle {told}",
                f"Autorité fonctionnelle {told}, sur {who}",
                "Autorité fonctionnelle",
                ("le rattachement hiérarchique ne change pas",),
            )
        case FreezePost(post=post):
            return Words(
                "Geler",
                names.the_post(post),
                f"Gel {names.of_post(post)}",
                "Gel de poste",
                ("le poste reste compté, aucun recrutement n’y est possible",),
            )
        case UnfreezePost(post=post):
            return Words("Dégeler", names.the_post(post), f"Dégel {names.of_post(post)}", "Dégel de poste")
        case ChangePostSite(post=post, site=site):
            turn = names.relocation(post, site)
            return Words(
                "Changer",
                f"le site {names.of_post(post)}\u00a0: {turn}",
                f"Changement de site {names.of_post(post)}\u00a0: {turn}",
                "Changement de site",
            )
        case _:
            raise TypeError(f"{type(change).__name__} n’est pas un ajustement du catalogue.")


def opened_to(change: TransformUndetermined) -> str:
    """« bourse ouverte à : tous les chargés de mission », or nothing."""
    return (
        french.typographic(f"bourse ouverte à\u00a0: {french.lower_first(change.opened_to)}")
        if change.opened_to
        else ""
    )


def made_in_exchange(posts: Sequence[PostId], names: Names) -> str:
    """« contrepartie : création du poste de juriste (A 3) dans la cellule X », or nothing."""
    made = french.join(f"{own} dans {names.the_unit(unit)}" for unit, own in names.of_posts_by_unit(posts).items())
    return f"contrepartie{french.NBSP}: création {made}" if made else ""


def gone_in_exchange(posts: Sequence[PostId], names: Names) -> str:
    """« contrepartie : suppression de 2 postes d’appariteur (C 1) du service de l’accueil », or nothing."""
    gone = suppressed_posts(posts, names)
    return f"contrepartie{french.NBSP}: suppression {gone}" if gone else ""


def suppressed_posts(posts: Sequence[PostId], names: Names) -> str:
    """« de 2 postes d’appariteur (C 1) du service de l’accueil et du poste de juriste (A 3) de la cellule X »."""
    return french.join(f"{own} {names.of_unit(unit)}" for unit, own in names.of_posts_by_unit(posts).items())


def _emploi(change: TransformPost | TransformUndetermined | RedeployPost | ChangePostHours) -> str:
    return AS_SUPPRESSION_AND_CREATION if change.as_suppression_and_creation else ""


def _leads(new: NewPost) -> str:
    return "dirige l’unité" if new.leads else ""
