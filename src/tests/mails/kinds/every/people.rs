//! What is written about who may come in, and how.

use linka::model::{base::ids::WebhookId, mails::MailContent};
use uuid::Uuid;

use super::{Kind, link};
use crate::support::at;

pub(super) fn kinds() -> Vec<Kind> {
    vec![
        (
            MailContent::PasswordLink { link: link() },
            "Zvolte si nové heslo",
            "Zvolte si nové heslo",
            "Jestli jste o něj nežádali, nic se neděje.",
            "/password?token=",
        ),
        (
            MailContent::SignInLink { link: link() },
            "Odkaz k přihlášení",
            "Odkaz k přihlášení",
            "Odkaz vás jednou přihlásí.",
            "/sign-in/link?token=",
        ),
        (
            MailContent::AddressAsked { address: Some("zora@vendor.cz".into()), link: link() },
            "Potvrďte novou adresu",
            "Potvrďte novou adresu",
            "Chcete se do Linky přihlašovat adresou zora@vendor.cz.",
            "/address?token=",
        ),
        (
            MailContent::AddressAsked { address: None, link: link() },
            "Potvrďte novou adresu",
            "Potvrďte novou adresu",
            "Jestli o tom nevíte, nepotvrzujte nic a změňte si heslo.",
            "/address?token=",
        ),
        (
            MailContent::PasswordChanged { at: at("2026-11-23T09:00:00+01:00") },
            "Heslo je změněné",
            "Heslo je změněné",
            "Jestli jste to nebyli vy, nechte si hned poslat odkaz k novému heslu",
            "/sign-in/help",
        ),
        (
            MailContent::Invited { customer: "ZŠ Lipová".into(), link: link() },
            "ZŠ Lipová vás zve do Linky",
            "ZŠ Lipová vás zve do Linky",
            "Pokud pozvání nečekáte, nic nedělejte.",
            "/password?token=",
        ),
        (
            MailContent::Registration { organisation: "ZŠ Lipová".into(), link: link() },
            "Dokončete registraci: ZŠ Lipová",
            "Dokončete registraci: ZŠ Lipová",
            "Odkaz platí dnes do 9:00 a použít ho můžete jednou.",
            "/register/open?token=",
        ),
        (
            MailContent::AccessThere { organisation: "ZŠ Lipová".into() },
            "Přístup do Linky už máte",
            "Přístup do Linky už máte",
            "Pokud jste o přístup nežádali, nic nedělejte. Někdo se nejspíš spletl v adrese.",
            "/sign-in",
        ),
        (
            MailContent::WebhookOff {
                webhook: WebhookId(Uuid::from_u128(7)),
                url: "https://erp.example.com/linka".into(),
                is_gone: false,
            },
            "Webhook je vypnutý",
            "Webhook je vypnutý",
            "už 5 dní nic nepřijal",
            "/account/webhooks/00000000-0000-0000-0000-000000000007",
        ),
        (
            MailContent::WebhookOff {
                webhook: WebhookId(Uuid::from_u128(7)),
                url: "https://erp.example.com/linka".into(),
                is_gone: true,
            },
            "Webhook je vypnutý",
            "Webhook je vypnutý",
            "odpověděl, že tato adresa zanikla",
            "/account/webhooks/00000000-0000-0000-0000-000000000007",
        ),
        (
            MailContent::AccessAsked { name: "Jana Malá".into() },
            "Jana Malá žádá o přístup",
            "Jana Malá žádá o přístup",
            "Pozvěte ho, nebo žádost odmítněte. Dokud nerozhodnete, nic neuvidí.",
            "/account/people",
        ),
        (
            MailContent::StrangerAsks { name: "Jana Malá".into(), organisation: "ZŠ Lipová".into() },
            "Jana Malá žádá o přístup",
            "Jana Malá žádá o přístup",
            "Chce k zákazníkovi ZŠ Lipová. Rozhoduje ten, kdo organizaci spravuje. Nikdo takový není? Přidejte osobu sami.",
            "/desk/newcomers",
        ),
        (
            MailContent::Newcomer { organisation: "ZŠ Lipová".into() },
            "Nový zákazník: ZŠ Lipová",
            "Nový zákazník: ZŠ Lipová",
            "Zaregistroval se sám. Dokud ho nepotvrdíte, neobjedná urgentní zásah.",
            "/desk/newcomers",
        ),
        (
            MailContent::CustomerConfirmed { organisation: "ZŠ Lipová".into() },
            "Ověřili jsme vaši organizaci: ZŠ Lipová",
            "Ověřili jsme vaši organizaci: ZŠ Lipová",
            "Od teď můžete objednat i urgentní zásah, když práce stojí a nemůže počkat.",
            "/order",
        ),
        (
            MailContent::HandedOver { requests: 2 },
            "Převzali jste 2 požadavky",
            "Převzali jste 2 požadavky",
            "Kolega, který je objednal, už v organizaci není. Domluvené termíny platí a technik teď zavolá vám.",
            "/requests",
        ),
        (
            MailContent::AddressChanged { address: Some("zora@vendor.cz".into()) },
            "Do Linky se přihlašujete novou adresou",
            "Do Linky se přihlašujete novou adresou",
            "Nová adresa je zora@vendor.cz. Heslo zůstává; všude vás to odhlásilo.",
            "/sign-in",
        ),
        (
            MailContent::AddressChanged { address: None },
            "Touto adresou se do Linky už nepřihlásíte",
            "Touto adresou se do Linky už nepřihlásíte",
            "Jestli o tom nevíte, řekněte to vedoucímu.",
            "/sign-in",
        ),
        (
            MailContent::OrderAsked { by: "Petr Dvořák".into() },
            "Petr Dvořák prosí o objednání zásahu",
            "Petr Dvořák prosí, abyste objednali zásah",
            "Domluvte se, co je potřeba, a zásah objednejte.",
            "/order",
        ),
    ]
}
