"""The queue: what comes in once, in order, and is changed by one colleague at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.storage.corrections import as_lines, examples, kind_titled
from bot.storage.queue import ClosedItemError, StaleItemError, UnknownItemError, Wanted
from bot.storage.store import Store
from bot.triage.kinds import kinds
from bot.triage.training import Labelled
from tests.storage.made import DAY, arrival, finished, started


def test_the_same_message_is_one_item(store: Store) -> None:
    first, is_new = store.queue.add(arrival("a"))
    again, is_new_again = store.queue.add(arrival("a", objet="Autre"))
    assert (is_new, is_new_again) == (True, False)
    assert first == again == store.queue.known("a")
    assert store.queue.get(first).objet == "Étude d'un devis"


def test_urgent_messages_come_first_then_the_oldest(store: Store) -> None:
    plan = [("a", "normale", 0), ("b", "haute", 1), ("c", "basse", -1), ("d", "haute", 0)]
    for key, priority, days in plan:
        store.queue.add(arrival(key, DAY + timedelta(days=days), priorite=priority))
    items, total, counts = store.queue.page(Wanted())
    assert [item.content_key for item in items] == ["d", "b", "c", "a"]
    assert total == 4 and counts == {"open": 4, "approved": 0, "discarded": 0}
    items, total, _ = store.queue.page(Wanted(priorite="haute", limit=1, offset=1))
    assert [item.content_key for item in items] == ["b"] and total == 2


def test_a_change_is_kept_with_its_history(store: Store) -> None:
    number, _ = store.queue.add(arrival())
    item = store.queue.change(number, 1, {"draft": "Bonjour", "priorite": "haute"}, "devis")
    assert (item.version, item.draft, item.priorite) == (2, "Bonjour", "haute")
    item = store.queue.change(number, 2, {"status": "approved"}, "devis")
    assert [(event.who, event.code, event.before, event.after) for event in item.history] == [
        ("assistant", "created", "", ""),
        ("conseiller", "priorite", "normale", "haute"),
        ("conseiller", "draft", "", ""),
        ("conseiller", "status", "open", "approved"),
    ]
    assert store.queue.page(Wanted(status="approved"))[1] == 1


def test_typing_is_one_edit_in_the_history(store: Store) -> None:
    number, _ = store.queue.add(arrival())
    for version, text in enumerate(("B", "Bo", "Bonjour"), 1):
        item = store.queue.change(number, version, {"draft": text})
    assert [event.code for event in item.history] == ["created", "draft"]


def test_an_old_version_changes_nothing(store: Store) -> None:
    number, _ = store.queue.add(arrival())
    store.queue.change(number, 1, {"draft": "un"})
    with pytest.raises(StaleItemError):
        store.queue.change(number, 1, {"draft": "deux"})
    assert store.queue.get(number).draft == "un"
    with pytest.raises(UnknownItemError):
        store.queue.change(number + 1, 1, {"draft": "x"})


def test_of_two_colleagues_at_once_one_wins(store: Store) -> None:
    number, _ = store.queue.add(arrival())

    def change(text: str) -> bool:
        try:
            store.queue.change(number, 1, {"draft": text})
        except StaleItemError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(change, map(str, range(6))))
    assert won.count(True) == 1
    item = store.queue.get(number)
    assert item.version == 2 and item.draft == str(won.index(True))


def test_a_closed_item_is_opened_before_it_is_changed(store: Store) -> None:
    number, _ = store.queue.add(arrival())
    store.queue.change(number, 1, {"status": "discarded"})
    for changes in ({"draft": "x"}, {"draft": "x", "status": "discarded"}):
        with pytest.raises(ClosedItemError):
            store.queue.change(number, 2, changes)
    assert store.queue.get(number).version == 2
    assert store.queue.change(number, 2, {"status": "open"}).status == "open"
    assert store.queue.change(number, 3, {"draft": "x"}).draft == "x"


def test_a_correction_is_a_labelled_mail_that_training_reads(store: Store) -> None:
    number, _ = store.queue.add(arrival())
    store.queue.change(number, 1, {"categorie": "Information soins"}, "niveau")
    (example,) = examples(store.database)
    mail = Labelled(**{**example, "acceptable": tuple(example["acceptable"])})
    assert (mail.kind, mail.category, mail.priority) == ("niveau", "Information soins", "normale")
    assert kinds()[mail.kind].category == mail.category
    assert mail.body == "Voici mon devis, [NOM]."
    assert as_lines(store.database).count("\n") == 1


def test_a_correction_taken_back_is_none(store: Store) -> None:
    number, _ = store.queue.add(arrival())
    store.queue.change(number, 1, {"priorite": "haute"}, "devis")
    store.queue.change(number, 2, {"priorite": "normale"}, "devis")
    assert as_lines(store.database) == ""


def test_what_only_the_words_change_is_no_correction(store: Store) -> None:
    number, _ = store.queue.add(arrival())
    store.queue.change(number, 1, {"draft": "x", "objet": "Devis dentaire", "status": "approved"}, "devis")
    assert as_lines(store.database) == ""


@pytest.mark.parametrize(
    ("objet", "category", "kind"),
    [
        ("Étude d'un devis", "Prise en charge", "devis"),
        ("Réclamation : Étude d'un devis", "Prise en charge", "devis"),
        ("Étude d'un devis", "Cotisations", ""),
        ("Autre chose", "Cotisations", ""),
    ],
)
def test_an_object_line_may_name_a_request(objet: str, category: str, kind: str) -> None:
    assert kind_titled(objet, category) == kind


def test_two_processes_take_in_the_same_messages_once(store: Store, url: str) -> None:
    code = """
import os
from bot.storage.database import Database
from bot.storage.queue import Queue
from tests.storage.made import arrival
queue = Queue(Database(os.environ["URL"]))
print(sum(queue.add(arrival(str(number)))[1] for number in range(40)))
"""
    processes = [started(code, URL=url) for _ in range(2)]
    assert sum(int(finished(process)) for process in processes) == 40
    assert store.queue.page(Wanted())[1] == 40


def test_an_approved_draft_waits_for_its_help_desk_once(store: Store) -> None:
    number, _ = store.queue.add(arrival("z", origin="zammad", reference="81"))
    other, _ = store.queue.add(arrival("i"))
    for each in (number, other):
        store.queue.change(each, 1, {"status": "approved"})
    assert [item.id for item in store.queue.to_deliver(("zammad", "import"))] == [number]
    assert store.queue.to_deliver(("zammad",)) == []
    store.queue.resume()
    assert [item.id for item in store.queue.to_deliver(("zammad",))] == [number]
    store.queue.delivered(number, done=True)
    store.queue.resume()
    assert store.queue.to_deliver(("zammad",)) == []
    assert [event.code for event in store.queue.get(number).history][-1] == "delivered"
