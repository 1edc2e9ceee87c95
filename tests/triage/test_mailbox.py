"""Reading mailboxes of every kind."""

from __future__ import annotations

import csv
import json
import mailbox
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.triage.mailbox import MailboxError, count_messages, read_mailbox
from bot.triage.mime import mail_of


def mail(subject: str, body: str, html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "Odile Vasquier <odile@example.org>"
    message["Date"] = "Thu, 12 Mar 2026 10:00:00 +0100"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_an_mbox_and_a_folder_of_eml_say_the_same(tmp_path: Path) -> None:
    messages = [mail("Carte", "Où est ma carte ?"), mail("Devis", "Voici un devis à étudier – 400 €")]
    box = mailbox.mbox(tmp_path / "inbox.mbox")
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    for number, message in enumerate(messages):
        box.add(message)
        (tmp_path / "folder" / "deep" / f"{number}.EML").write_bytes(message.as_bytes())
    box.close()
    one, other = (list(read_mailbox(path)) for path in (tmp_path / "inbox.mbox", tmp_path / "folder"))
    assert [item.mail.body.strip() for item in one] == [item.mail.body.strip() for item in other]
    assert one[1].mail.subject == "Devis" and one[0].mail.day == date(2026, 3, 12)
    assert one[0].mail.names == ("Odile Vasquier",)
    assert count_messages(tmp_path / "folder") == 2


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), (";", "cp1252")])
def test_a_table_in_any_usual_form(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "mails.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([["Objet", "Message", "Date"], ["Élève", "sur deux\nlignes, « été »", "2026-03-12"]])
    (item,) = read_mailbox(path)
    assert (item.mail.subject, item.mail.body, item.mail.day) == (
        "Élève",
        "sur deux\nlignes, « été »",
        date(2026, 3, 12),
    )


def test_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "mails.jsonl"
    path.write_text('{"subject": "a", "body": "b"}\n\n{"body": "c"}\n', encoding="utf-8")
    assert [item.mail.body for item in read_mailbox(path)] == ["b", "c"]


def test_a_message_keeps_its_key_and_twins_have_two(tmp_path: Path) -> None:
    path = tmp_path / "mails.jsonl"
    row = json.dumps({"subject": "a", "body": "b"})
    path.write_text(f"{row}\n{row}\n", encoding="utf-8")
    first, twin = (item.key for item in read_mailbox(path))
    path.write_text(f'{{"body": "new"}}\n{row}\n', encoding="utf-8")
    assert list(read_mailbox(path))[1].key == first != twin


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.txt", "hello"), ("x.jsonl", "not json"), ("x.jsonl", "[1]"), ("x.csv", "a,b\n1,2\n"), ("x.jsonl", '{"a": 1}')],
)
def test_what_is_no_mailbox_is_said(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(MailboxError, match=name):
        list(read_mailbox(path))
    with pytest.raises(MailboxError):
        list(read_mailbox(tmp_path / "nothing"))


def test_the_plain_part_is_preferred_and_html_read_without_it() -> None:
    both = mail("s", "en clair", "<p>en HTML</p>")
    assert mail_of(both.as_bytes()).body.strip() == "en clair"
    html = EmailMessage()
    html.set_content("<p>Bonjour&nbsp;!</p>", subtype="html")
    assert "Bonjour" in mail_of(html.as_bytes()).body


def test_a_header_in_any_encoding() -> None:
    assert mail_of(b"Subject: =?iso-8859-1?Q?R=E9siliation?=\n\nok").subject == "Résiliation"
    assert mail_of("Subject: x\nContent-Type: text/plain; charset=nonsense\n\nété".encode("cp1252")).body == "été"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail(raw: bytes) -> None:
    assert isinstance(mail_of(raw).body, str)
