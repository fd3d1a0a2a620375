//! What the tables of `examples/import` do not say of the demo's vendor: who it is, and what is told of its work.

/// Who sells: made up, as its account and its number are.
pub(super) const SUPPLIER: [&str; 12] = [
    "Linka software s.r.o.",
    "Klatovská třída 12",
    "Plzeň",
    "301 00",
    "12345679",
    "CZ12345679",
    "Krajský soud v Plzni, oddíl C, vložka 1234",
    "fakturace@linka.example",
    "Česká spořitelna",
    "19-2000145399/0800",
    "CZ6508000000192000145399",
    "GIBACZPX",
];

/// What is told of a kind of work.
pub(super) struct Story {
    /// The key of which.
    pub key: &'static str,
    /// What it is for, in the customer's words.
    pub story: &'static str,
    /// What was done about it.
    pub report: &'static str,
}

pub(super) const STORIES: &[Story] = &[
    Story {
        key: "W01",
        story: "Po zapnutí počítače se program neotevře, jen problikne okno.",
        report: "Opravili jsme poškozené nastavení programu; program se na počítači zase spouští.",
    },
    Story {
        key: "W02",
        story: "Při uzávěrce dne program hlásí, že doklad už existuje.",
        report: "Odstranili jsme zdvojené číslo dokladu a uzávěrku dne jsme s vámi dokončili.",
    },
    Story {
        key: "W03",
        story: "Výdejní terminál nečte čipy, obědy zapisujeme ručně.",
        report: "Obnovili jsme spojení s výdejním terminálem, čipy se opět načítají.",
    },
    Story {
        key: "W04",
        story: "Minulý týden jsme příjemku zadali dvakrát a sklad nesedí.",
        report: "Zdvojenou příjemku jsme stornovali a stav skladu souhlasí s inventurou.",
    },
    Story {
        key: "W05",
        story: "Potřebujeme poradit, jak vytisknout jídelníček na dva týdny.",
        report: "Ukázali jsme vám tisk jídelníčku za zvolené období a uložili ho jako šablonu.",
    },
    Story {
        key: "W06",
        story: "Od ledna máme novou kolegyni a potřebuje vlastní přístup.",
        report: "Založili jsme nového uživatele s právy podle vašeho přání a přihlášení vyzkoušeli.",
    },
    Story {
        key: "W07",
        story: "Prosíme o instalaci nové verze na dva počítače.",
        report: "Zálohovali jsme data a nainstalovali novou verzi na oba počítače.",
    },
    Story {
        key: "W08",
        story: "Od prvního měníme ceny obědů pro všechny kategorie.",
        report: "Nové ceny jsou nastavené od prvního dne měsíce; zkontrolovali jsme je na zkušebním předpisu.",
    },
    Story {
        key: "W09",
        story: "Chceme s vámi projít roční závěrku skladu.",
        report: "Prošli jsme závěrku, uzavřeli rok a převedli počáteční stavy.",
    },
    Story {
        key: "W10",
        story: "Potřebujeme sestavit výkaz o školním stravování.",
        report: "Výkaz je sestavený a uložený, kontrolní součty souhlasí.",
    },
    Story {
        key: "W11",
        story: "Nastupuje nová vedoucí kuchyně, potřebuje zaškolit.",
        report: "Prošli jsme běžný den ve vašem programu: objednávky, výdej a uzávěrku.",
    },
    Story {
        key: "W12",
        story: "Přecházíme z jiného programu a máme v něm pět let dat.",
        report: "Data jsme převedli a s vámi namátkou zkontrolovali.",
    },
];
