//! The demo's catalogue: what the vendor sells, and the work that it does.

pub(super) const PROGRAMS: &[(&str, &str)] = &[
    ("Sklad", "Stock"),
    ("Stravné", "Meals"),
    ("Jídelníček", "Menu"),
    ("Účetnictví", "Accounting"),
    ("Majetek", "Assets"),
    ("Fakturace", "Invoicing"),
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

/// Bundles: minutes, price in haléře without VAT, validity in months.
pub(super) const BUNDLES: [(i32, i64, i32); 4] =
    [(60, 138_000, 12), (120, 264_000, 12), (300, 630_000, 12), (600, 1_200_000, 18)];

/// The list price of a minute in haléře, without VAT.
pub(super) const LIST_RATE: i64 = 2_500;

pub(super) const SKILLS: &[(&str, &str, &str)] = &[
    ("programs", "Programy", "Programs"),
    ("hardware", "Tiskárny a terminály", "Printers and terminals"),
    ("data", "Opravy dat", "Data repairs"),
    ("accounting", "Závěrky a výkazy", "Closings and reports"),
    ("training", "Školení", "Training"),
];

pub(super) struct DemoWorkType {
    /// In Czech and in English, as all names here.
    pub name: (&'static str, &'static str),
    pub description: (&'static str, &'static str),
    pub minutes: (i32, i32),
    pub slot: i32,
    pub plannable: bool,
    pub skill: &'static str,
    pub choice: &'static str,
    /// In the customer's words.
    pub story: &'static str,
    /// What was done about it.
    pub report: &'static str,
}

pub(super) const WORK_TYPES: &[DemoWorkType] = &[
    DemoWorkType {
        name: ("Program nejde spustit", "The program does not start"),
        description: (
            "Po kliknutí se nic nestane nebo se objeví chyba.",
            "You click and nothing happens, or an error appears.",
        ),
        minutes: (15, 40),
        slot: 45,
        plannable: false,
        skill: "programs",
        choice: "customer",
        story: "Po zapnutí počítače se program neotevře, jen problikne okno.",
        report: "Opravili jsme poškozené nastavení programu; program se na počítači zase spouští.",
    },
    DemoWorkType {
        name: ("Chyba v programu", "An error in the program"),
        description: (
            "Program běží, ale dělá něco jiného, než má.",
            "The program runs, but does something else than it should.",
        ),
        minutes: (20, 45),
        slot: 45,
        plannable: false,
        skill: "programs",
        choice: "customer",
        story: "Při uzávěrce dne program hlásí, že doklad už existuje.",
        report: "Odstranili jsme zdvojené číslo dokladu a uzávěrku dne jsme s vámi dokončili.",
    },
    DemoWorkType {
        name: ("Tisk nebo terminál nefunguje", "Printing or the terminal does not work"),
        description: ("Tiskárna, čtečka čipů, výdejní terminál.", "Printer, chip reader, serving terminal."),
        minutes: (20, 60),
        slot: 60,
        plannable: false,
        skill: "hardware",
        choice: "customer",
        story: "Výdejní terminál nečte čipy, obědy zapisujeme ručně.",
        report: "Obnovili jsme spojení s výdejním terminálem, čipy se opět načítají.",
    },
    DemoWorkType {
        name: ("Oprava dat", "Data repair"),
        description: ("Špatně zadané doklady, ceny nebo osoby.", "Documents, prices or people entered wrongly."),
        minutes: (30, 90),
        slot: 90,
        plannable: false,
        skill: "data",
        choice: "customer",
        story: "Minulý týden jsme příjemku zadali dvakrát a sklad nesedí.",
        report: "Zdvojenou příjemku jsme stornovali a stav skladu souhlasí s inventurou.",
    },
    DemoWorkType {
        name: ("Dotaz k ovládání", "A question about using it"),
        description: (
            "Nevíte, jak na to; ukážeme to ve vašem programu.",
            "You are not sure how; we show it in your program.",
        ),
        minutes: (10, 25),
        slot: 30,
        plannable: false,
        skill: "programs",
        choice: "customer",
        story: "Potřebujeme poradit, jak vytisknout jídelníček na dva týdny.",
        report: "Ukázali jsme vám tisk jídelníčku za zvolené období a uložili ho jako šablonu.",
    },
    DemoWorkType {
        name: ("Nastavení programu", "Setting up the program"),
        description: ("Nový strávník, jiné sazby, přístupová práva.", "A new diner, other rates, access rights."),
        minutes: (20, 45),
        slot: 45,
        plannable: false,
        skill: "programs",
        choice: "customer",
        story: "Od ledna máme novou kolegyni a potřebuje vlastní přístup.",
        report: "Založili jsme nového uživatele s právy podle vašeho přání a přihlášení vyzkoušeli.",
    },
    DemoWorkType {
        name: ("Instalace nové verze", "Installing a new version"),
        description: ("Nainstalujeme a přitom zálohujeme data.", "We install it and back up the data."),
        minutes: (20, 40),
        slot: 45,
        plannable: true,
        skill: "programs",
        choice: "customer",
        story: "Prosíme o instalaci nové verze na dva počítače.",
        report: "Zálohovali jsme data a nainstalovali novou verzi na oba počítače.",
    },
    DemoWorkType {
        name: ("Přecenění", "Repricing"),
        description: (
            "Nové ceny jídel nebo zásob od určitého dne.",
            "New prices of meals or supplies from a certain day.",
        ),
        minutes: (30, 60),
        slot: 60,
        plannable: true,
        skill: "data",
        choice: "customer",
        story: "Od prvního měníme ceny obědů pro všechny kategorie.",
        report: "Nové ceny jsou nastavené od prvního dne měsíce; zkontrolovali jsme je na zkušebním předpisu.",
    },
    DemoWorkType {
        name: ("Roční závěrka", "Year-end closing"),
        description: ("Uzavření roku a převod zůstatků.", "Closing the year and carrying balances over."),
        minutes: (60, 120),
        slot: 120,
        plannable: true,
        skill: "accounting",
        choice: "customer",
        story: "Chceme s vámi projít roční závěrku skladu.",
        report: "Prošli jsme závěrku, uzavřeli rok a převedli počáteční stavy.",
    },
    DemoWorkType {
        name: ("Říjnové výkazy", "October reports"),
        description: ("Statistické výkazy za podzim.", "Statistical reports of the autumn."),
        minutes: (45, 90),
        slot: 90,
        plannable: true,
        skill: "accounting",
        choice: "customer",
        story: "Potřebujeme sestavit výkaz o školním stravování.",
        report: "Výkaz je sestavený a uložený, kontrolní součty souhlasí.",
    },
    DemoWorkType {
        name: ("Školení", "Training"),
        description: ("Zaškolení nových lidí ve vašem programu.", "Introducing new people to your program."),
        minutes: (60, 90),
        slot: 90,
        plannable: true,
        skill: "training",
        choice: "customer",
        story: "Nastupuje nová vedoucí kuchyně, potřebuje zaškolit.",
        report: "Prošli jsme běžný den ve vašem programu: objednávky, výdej a uzávěrku.",
    },
    DemoWorkType {
        name: ("Převod dat z jiného programu", "Moving data from another program"),
        description: (
            "Rozsah s vámi nejdřív probereme, termín nabídneme my.",
            "We talk about its size first and offer a time.",
        ),
        minutes: (120, 240),
        slot: 240,
        plannable: true,
        skill: "data",
        choice: "dispatch",
        story: "Přecházíme z jiného programu a máme v něm pět let dat.",
        report: "Data jsme převedli a s vámi namátkou zkontrolovali.",
    },
];
