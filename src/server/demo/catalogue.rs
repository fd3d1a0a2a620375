//! What the tables of `examples/import` do not say of the demo's vendor: who it is and where one calls, its names in English, and
//! what is told of its work.

/// Programs by their keys, in English.
pub(super) const PROGRAMS: &[(&str, &str)] = &[
    ("P01", "Stock"),
    ("P02", "Meals"),
    ("P03", "Menu"),
    ("P04", "Accounting"),
    ("P05", "Assets"),
    ("P06", "Invoicing"),
];

/// Skills by their codes, in English.
pub(super) const SKILLS: &[(&str, &str)] = &[
    ("programs", "Programs"),
    ("hardware", "Printers and terminals"),
    ("data", "Data repairs"),
    ("accounting", "Closings and reports"),
    ("training", "Training"),
];

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

/// Regions with their numbers, and how the postal codes in them begin.
pub(super) const REGIONS: [(&str, &str, &[&str]); 3] = [
    ("Jihozápad", "377 457 977", &["3"]),
    ("Morava", "377 462 201", &["6", "7"]),
    ("Severovýchod", "377 462 520", &["4", "5"]),
];

/// What is told of a kind of work.
pub(super) struct Story {
    /// Of which.
    pub key: &'static str,
    /// Its name in English.
    pub name: &'static str,
    /// Its description in English.
    pub description: &'static str,
    /// What it is for, in the customer's words.
    pub story: &'static str,
    /// What was done about it.
    pub report: &'static str,
}

pub(super) const STORIES: &[Story] = &[
    Story {
        key: "W01",
        name: "The program does not start",
        description: "You click and nothing happens, or an error appears.",
        story: "Po zapnutí počítače se program neotevře, jen problikne okno.",
        report: "Opravili jsme poškozené nastavení programu; program se na počítači zase spouští.",
    },
    Story {
        key: "W02",
        name: "An error in the program",
        description: "The program runs, but does something else than it should.",
        story: "Při uzávěrce dne program hlásí, že doklad už existuje.",
        report: "Odstranili jsme zdvojené číslo dokladu a uzávěrku dne jsme s vámi dokončili.",
    },
    Story {
        key: "W03",
        name: "Printing or the terminal does not work",
        description: "Printer, chip reader, serving terminal.",
        story: "Výdejní terminál nečte čipy, obědy zapisujeme ručně.",
        report: "Obnovili jsme spojení s výdejním terminálem, čipy se opět načítají.",
    },
    Story {
        key: "W04",
        name: "Data repair",
        description: "Documents, prices or people entered wrongly.",
        story: "Minulý týden jsme příjemku zadali dvakrát a sklad nesedí.",
        report: "Zdvojenou příjemku jsme stornovali a stav skladu souhlasí s inventurou.",
    },
    Story {
        key: "W05",
        name: "A question about using it",
        description: "You are not sure how; we show it in your program.",
        story: "Potřebujeme poradit, jak vytisknout jídelníček na dva týdny.",
        report: "Ukázali jsme vám tisk jídelníčku za zvolené období a uložili ho jako šablonu.",
    },
    Story {
        key: "W06",
        name: "Setting up the program",
        description: "A new diner, other rates, access rights.",
        story: "Od ledna máme novou kolegyni a potřebuje vlastní přístup.",
        report: "Založili jsme nového uživatele s právy podle vašeho přání a přihlášení vyzkoušeli.",
    },
    Story {
        key: "W07",
        name: "Installing a new version",
        description: "We install it and back up the data.",
        story: "Prosíme o instalaci nové verze na dva počítače.",
        report: "Zálohovali jsme data a nainstalovali novou verzi na oba počítače.",
    },
    Story {
        key: "W08",
        name: "Repricing",
        description: "New prices of meals or supplies from a certain day.",
        story: "Od prvního měníme ceny obědů pro všechny kategorie.",
        report: "Nové ceny jsou nastavené od prvního dne měsíce; zkontrolovali jsme je na zkušebním předpisu.",
    },
    Story {
        key: "W09",
        name: "Year-end closing",
        description: "Closing the year and carrying balances over.",
        story: "Chceme s vámi projít roční závěrku skladu.",
        report: "Prošli jsme závěrku, uzavřeli rok a převedli počáteční stavy.",
    },
    Story {
        key: "W10",
        name: "October reports",
        description: "Statistical reports of the autumn.",
        story: "Potřebujeme sestavit výkaz o školním stravování.",
        report: "Výkaz je sestavený a uložený, kontrolní součty souhlasí.",
    },
    Story {
        key: "W11",
        name: "Training",
        description: "Introducing new people to your program.",
        story: "Nastupuje nová vedoucí kuchyně, potřebuje zaškolit.",
        report: "Prošli jsme běžný den ve vašem programu: objednávky, výdej a uzávěrku.",
    },
    Story {
        key: "W12",
        name: "Moving data from another program",
        description: "We talk about its size first and offer a time.",
        story: "Přecházíme z jiného programu a máme v něm pět let dat.",
        report: "Data jsme převedli a s vámi namátkou zkontrolovali.",
    },
];
