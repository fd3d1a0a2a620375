//! Demo data: a vendor's line as it is on an ordinary week, the same for every start on the same day.

use anyhow::Context;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use sqlx::postgres::types::PgRange;
use uuid::Uuid;

use super::{
    auth::passwords::Passwords,
    db::{Db, Tx, catalogue, sessions},
};
use crate::model::calendar::{BusinessCalendar, from_local, to_local};

/// The password of every demo sign-in.
pub const PASSWORD: &str = "linka-demo-heslo";

struct DemoCustomer {
    name: &'static str,
    ico: &'static str,
    programs: &'static [&'static str],
}

const CUSTOMERS: &[DemoCustomer] = &[
    DemoCustomer {
        name: "Základní škola Lipová", ico: "70874121", programs: &["Sklad", "Stravné", "Jídelníček"]
    },
    DemoCustomer {
        name: "Městský úřad Dolany", ico: "00254801", programs: &["Účetnictví", "Majetek", "Fakturace"]
    },
    DemoCustomer { name: "ZŠ a MŠ Horní", ico: "75016231", programs: &["Sklad", "Stravné"] },
    DemoCustomer { name: "Gymnázium Nad Řekou", ico: "60611201", programs: &["Stravné", "Účetnictví"] },
    DemoCustomer { name: "Domov seniorů Javor", ico: "71234560", programs: &["Sklad", "Jídelníček"] },
    DemoCustomer { name: "Obec Lhota pod Kopcem", ico: "00267811", programs: &["Účetnictví", "Majetek"] },
    DemoCustomer { name: "Mateřská škola Sluníčko", ico: "75000431", programs: &["Stravné"] },
    DemoCustomer {
        name: "Školní jídelna U Parku", ico: "66363321", programs: &["Sklad", "Stravné", "Jídelníček"]
    },
    DemoCustomer { name: "Nemocnice Podlesí", ico: "27660915", programs: &["Sklad", "Majetek", "Účetnictví"] },
    DemoCustomer {
        name: "Střední průmyslová škola Kovárna", ico: "00601101", programs: &["Stravné", "Majetek"]
    },
];

struct DemoMember {
    customer: usize,
    name: &'static str,
    phone: &'static str,
    capabilities: &'static [&'static str],
    /// With a sign-in, or only as somebody who orders.
    email: Option<&'static str>,
    note: &'static str,
}

const MEMBERS: &[DemoMember] = &[
    DemoMember {
        customer: 0,
        name: "Jana Nováková",
        phone: "+420601234501",
        capabilities: &["order", "see_all", "buy", "see_billing", "manage"],
        email: Some("vedouci@skola-lipova.example"),
        note: "Rychlost Rychlá, smlouva 300 min za čtvrtletí, smí vše",
    },
    DemoMember {
        customer: 0,
        name: "Petr Dvořák",
        phone: "+420601234502",
        capabilities: &["order"],
        email: Some("kuchyne@skola-lipova.example"),
        note: "tatáž škola, smí jen objednávat",
    },
    DemoMember {
        customer: 0,
        name: "Marie Svobodová",
        phone: "+420601234503",
        capabilities: &["see_billing"],
        email: Some("ucetni@skola-lipova.example"),
        note: "tatáž škola, nesmí objednávat",
    },
    DemoMember {
        customer: 1,
        name: "Karel Procházka",
        phone: "+420601234504",
        capabilities: &["order", "see_all", "buy", "see_billing", "manage"],
        email: Some("info@urad-dolany.example"),
        note: "bez smlouvy",
    },
    DemoMember {
        customer: 2,
        name: "Eva Horáková",
        phone: "+420601234505",
        capabilities: &["order", "see_all", "buy", "see_billing", "manage"],
        email: Some("jidelna@zs-horni.example"),
        note: "bez smlouvy, balíček 120 min",
    },
    DemoMember {
        customer: 3,
        name: "Tomáš Marek",
        phone: "+420601234506",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 4,
        name: "Lenka Kučerová",
        phone: "+420601234507",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 5,
        name: "Josef Beneš",
        phone: "+420601234508",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 6,
        name: "Alena Fialová",
        phone: "+420601234509",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 7,
        name: "Hana Veselá",
        phone: "+420601234510",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 8,
        name: "Martin Král",
        phone: "+420601234511",
        capabilities: &["order"],
        email: None,
        note: "",
    },
    DemoMember {
        customer: 9,
        name: "Jiří Pokorný",
        phone: "+420601234512",
        capabilities: &["order"],
        email: None,
        note: "",
    },
];

struct DemoStaff {
    name: &'static str,
    role: &'static str,
    email: Option<&'static str>,
    skills: &'static [&'static str],
    /// The usual day, Monday to Friday.
    day: &'static [(&'static str, &'static str)],
}

const FULL_DAY: &[(&str, &str)] = &[("07:00", "11:30"), ("12:00", "15:30")];
const LATE_LUNCH: &[(&str, &str)] = &[("07:00", "12:15"), ("12:45", "15:30")];
const MORNINGS: &[(&str, &str)] = &[("07:00", "12:00")];
const FROM_EIGHT: &[(&str, &str)] = &[("08:00", "12:00"), ("12:30", "15:30")];

const STAFF: &[DemoStaff] = &[
    DemoStaff {
        name: "Ivana Bartošová", role: "manager", email: Some("vedouci@linka.example"), skills: &[], day: &[]
    },
    DemoStaff {
        name: "Zuzana Malá", role: "dispatcher", email: Some("dispecer@linka.example"), skills: &[], day: &[]
    },
    DemoStaff {
        name: "Pavel Černý",
        role: "technician",
        email: Some("technik1@linka.example"),
        skills: &["programs", "hardware", "data"],
        day: FULL_DAY,
    },
    DemoStaff {
        name: "Radek Urban",
        role: "technician",
        email: Some("technik2@linka.example"),
        skills: &["programs", "accounting", "training"],
        day: LATE_LUNCH,
    },
    DemoStaff {
        name: "Simona Vlčková",
        role: "technician",
        email: None,
        skills: &["programs", "data", "accounting"],
        day: FROM_EIGHT,
    },
    DemoStaff {
        name: "Ondřej Kolář",
        role: "technician",
        email: None,
        skills: &["programs", "hardware"],
        day: FULL_DAY,
    },
    DemoStaff {
        name: "Kateřina Říhová",
        role: "technician",
        email: None,
        skills: &["programs", "training"],
        day: MORNINGS,
    },
    DemoStaff {
        name: "Michal Štěpánek",
        role: "technician",
        email: None,
        skills: &["programs", "hardware", "data", "training"],
        day: LATE_LUNCH,
    },
];

const SKILLS: &[(&str, &str)] = &[
    ("programs", "Programy"),
    ("hardware", "Tiskárny a terminály"),
    ("data", "Opravy dat"),
    ("accounting", "Závěrky a výkazy"),
    ("training", "Školení"),
];

struct DemoWorkType {
    name: &'static str,
    description: &'static str,
    minutes: (i32, i32),
    slot: i32,
    plannable: bool,
    skill: &'static str,
    choice: &'static str,
    story: &'static str,
}

const WORK_TYPES: &[DemoWorkType] = &[
    DemoWorkType {
        name: "Program nejde spustit",
        description: "Po kliknutí se nic nestane nebo se objeví chyba.",
        minutes: (15, 40),
        slot: 45,
        plannable: false,
        skill: "programs",
        choice: "customer",
        story: "Po zapnutí počítače se program neotevře, jen problikne okno.",
    },
    DemoWorkType {
        name: "Chyba v programu",
        description: "Program běží, ale dělá něco jiného, než má.",
        minutes: (20, 45),
        slot: 45,
        plannable: false,
        skill: "programs",
        choice: "customer",
        story: "Při uzávěrce dne program hlásí, že doklad už existuje.",
    },
    DemoWorkType {
        name: "Tisk nebo terminál nefunguje",
        description: "Tiskárna, čtečka čipů, výdejní terminál.",
        minutes: (20, 60),
        slot: 60,
        plannable: false,
        skill: "hardware",
        choice: "customer",
        story: "Výdejní terminál nečte čipy, obědy zapisujeme ručně.",
    },
    DemoWorkType {
        name: "Oprava dat",
        description: "Špatně zadané doklady, ceny nebo osoby.",
        minutes: (30, 90),
        slot: 90,
        plannable: false,
        skill: "data",
        choice: "customer",
        story: "Minulý týden jsme příjemku zadali dvakrát a sklad nesedí.",
    },
    DemoWorkType {
        name: "Dotaz k ovládání",
        description: "Nevíte, jak na to; ukážeme to ve vašem programu.",
        minutes: (10, 25),
        slot: 30,
        plannable: false,
        skill: "programs",
        choice: "customer",
        story: "Potřebujeme poradit, jak vytisknout jídelníček na dva týdny.",
    },
    DemoWorkType {
        name: "Nastavení programu",
        description: "Nový strávník, jiné sazby, přístupová práva.",
        minutes: (20, 45),
        slot: 45,
        plannable: false,
        skill: "programs",
        choice: "customer",
        story: "Od ledna máme novou kolegyni a potřebuje vlastní přístup.",
    },
    DemoWorkType {
        name: "Instalace nové verze",
        description: "Nainstalujeme a přitom zálohujeme data.",
        minutes: (20, 40),
        slot: 45,
        plannable: true,
        skill: "programs",
        choice: "customer",
        story: "Prosíme o instalaci nové verze na dva počítače.",
    },
    DemoWorkType {
        name: "Přecenění",
        description: "Nové ceny jídel nebo zásob od určitého dne.",
        minutes: (30, 60),
        slot: 60,
        plannable: true,
        skill: "data",
        choice: "customer",
        story: "Od prvního měníme ceny obědů pro všechny kategorie.",
    },
    DemoWorkType {
        name: "Roční závěrka",
        description: "Uzavření roku a převod zůstatků.",
        minutes: (60, 120),
        slot: 120,
        plannable: true,
        skill: "accounting",
        choice: "customer",
        story: "Chceme s vámi projít roční závěrku skladu.",
    },
    DemoWorkType {
        name: "Říjnové výkazy",
        description: "Statistické výkazy za podzim.",
        minutes: (45, 90),
        slot: 90,
        plannable: true,
        skill: "accounting",
        choice: "customer",
        story: "Potřebujeme sestavit výkaz o školním stravování.",
    },
    DemoWorkType {
        name: "Školení",
        description: "Zaškolení nových lidí ve vašem programu.",
        minutes: (60, 90),
        slot: 90,
        plannable: true,
        skill: "training",
        choice: "customer",
        story: "Nastupuje nová vedoucí kuchyně, potřebuje zaškolit.",
    },
    DemoWorkType {
        name: "Převod dat z jiného programu",
        description: "Rozsah s vámi nejdřív probereme, termín nabídneme my.",
        minutes: (120, 240),
        slot: 240,
        plannable: true,
        skill: "data",
        choice: "dispatch",
        story: "Přecházíme z jiného programu a máme v něm pět let dat.",
    },
];

/// The sign-ins, for whoever starts the demo.
#[must_use]
pub fn sign_ins() -> String {
    let mut lines = vec![format!("Demo sign-ins, all with the password {PASSWORD}:")];
    for member in MEMBERS {
        if let Some(email) = member.email {
            lines.push(format!("  {email:32} {}, {} ({})", member.name, CUSTOMERS[member.customer].name, member.note));
        }
    }
    for person in STAFF {
        if let Some(email) = person.email {
            lines.push(format!("  {email:32} {}, {}", person.name, person.role));
        }
    }
    lines.join("\n")
}

/// Loads the demo, unless it is there already.
///
/// # Errors
/// When the database fails or already holds something else under the demo's names.
pub async fn load(db: &Db, passwords: &Passwords, now: DateTime<Utc>) -> anyhow::Result<()> {
    let hash = passwords.hash(PASSWORD.to_owned()).await?;
    let mut tx = db.staff().await?;
    // Two servers that start on one database load it once.
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('linka demo', 0))").execute(&mut *tx).await?;
    let is_there =
        sqlx::query_scalar!(r#"select exists (select 1 from customer where ico = $1) as "exists!""#, CUSTOMERS[0].ico)
            .fetch_one(&mut *tx)
            .await?;
    if is_there {
        return Ok(());
    }
    let has_others =
        sqlx::query_scalar!(r#"select exists (select 1 from customer) as "has_others!""#).fetch_one(&mut *tx).await?;
    // Its sign-ins have a password that everybody knows.
    anyhow::ensure!(!has_others, "the demo is not loaded into a database that has customers of its own");
    let mut demo = Demo { tx, now, dice: Dice(20_261_123), members: Vec::new(), technicians: Vec::new() };
    demo.load(&hash).await.context("the demo data cannot be loaded")?;
    demo.tx.commit().await?;
    Ok(())
}

struct Demo {
    tx: Tx,
    now: DateTime<Utc>,
    dice: Dice,
    /// Customer and member, in the order of [`MEMBERS`].
    members: Vec<(i64, i64)>,
    /// In the order of the technicians among [`STAFF`].
    technicians: Vec<(i64, &'static DemoStaff)>,
}

impl Demo {
    async fn load(&mut self, hash: &str) -> anyhow::Result<()> {
        let today = to_local(self.now).date();
        self.catalogue().await?;
        let logins = self.people(today).await?;
        let closure = self.closure(today).await?;
        let settings = catalogue::settings(&mut self.tx).await?;
        let calendar = settings.calendar([closure]);
        self.exceptions(&calendar, today).await?;
        self.appointments(&calendar, today).await?;

        // Sign-ins belong to the system; the transaction goes on in its role.
        sqlx::query!("set local role linka_system").execute(&mut *self.tx).await?;
        for (email, member, staff) in logins {
            sqlx::query!(
                "insert into login (email, password_hash, member_id, staff_id) values ($1, $2, $3, $4)",
                email,
                hash,
                member,
                staff
            )
            .execute(&mut *self.tx)
            .await?;
        }
        sessions::sweep(&mut self.tx, self.now, self.now).await?;
        Ok(())
    }

    async fn catalogue(&mut self) -> anyhow::Result<()> {
        for program in ["Sklad", "Stravné", "Jídelníček", "Účetnictví", "Majetek", "Fakturace"] {
            sqlx::query!("insert into program (name) values ($1)", program).execute(&mut *self.tx).await?;
        }
        for (code, name) in SKILLS {
            sqlx::query!("insert into skill (code, name) values ($1, $2)", code, name).execute(&mut *self.tx).await?;
        }
        for work in WORK_TYPES {
            sqlx::query!(
                "insert into work_type (name, description, minutes_from, minutes_to, slot_minutes, plannable, skill, choice)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)",
                work.name,
                work.description,
                work.minutes.0,
                work.minutes.1,
                work.slot,
                work.plannable,
                work.skill,
                work.choice
            )
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    /// Customers, members, staff; returns who shall be able to sign in.
    async fn people(&mut self, today: NaiveDate) -> anyhow::Result<Vec<(&'static str, Option<i64>, Option<i64>)>> {
        let mut customers = Vec::new();
        for customer in CUSTOMERS {
            let id = sqlx::query_scalar!(
                "insert into customer (name, ico, created_at) values ($1, $2, $3) returning id",
                customer.name,
                customer.ico,
                self.now
            )
            .fetch_one(&mut *self.tx)
            .await?;
            for program in customer.programs {
                sqlx::query!(
                    "insert into licence (customer_id, program_id) select $1, id from program where name = $2",
                    id,
                    program
                )
                .execute(&mut *self.tx)
                .await?;
            }
            customers.push(id);
        }
        self.contracts(&customers, today).await?;

        let mut logins = Vec::new();
        for member in MEMBERS {
            let customer = customers[member.customer];
            let capabilities: Vec<String> = member.capabilities.iter().map(ToString::to_string).collect();
            let id = sqlx::query_scalar!(
                "insert into member (customer_id, name, phone, capabilities) values ($1, $2, $3, $4) returning id",
                customer,
                member.name,
                member.phone,
                &capabilities
            )
            .fetch_one(&mut *self.tx)
            .await?;
            logins.extend(member.email.map(|email| (email, Some(id), None)));
            self.members.push((customer, id));
        }
        for person in STAFF {
            let id = sqlx::query_scalar!(
                "insert into staff (name, role) values ($1, $2) returning id",
                person.name,
                person.role
            )
            .fetch_one(&mut *self.tx)
            .await?;
            logins.extend(person.email.map(|email| (email, None, Some(id))));
            if person.role == "technician" {
                self.plan(id, person).await?;
                self.technicians.push((id, person));
            }
        }
        Ok(logins)
    }

    async fn contracts(&mut self, customers: &[i64], today: NaiveDate) -> anyhow::Result<()> {
        let year = |month| NaiveDate::from_ymd_opt(today.year(), month, 1).context("a month of this year");
        let quarter = year(today.month0() / 3 * 3 + 1)?;
        let next_quarter = quarter + Months::new(3);
        let midnight = |date| from_local(date, NaiveTime::MIN);
        for (customer, number, tier, minutes) in [
            (0, "SLS-2025-014", "fast", 300),
            (3, "SLS-2024-102", "standard", 120),
            (8, "SLS-2023-007", "express", 600),
        ] {
            let contract = sqlx::query_scalar!(
                "insert into contract (customer_id, number, tier, valid, minutes_per_period, period, rate_per_minute, urgent_rate_per_minute)
                 values ($1, $2, $3, daterange($4, null), $5, 'quarter', 2200, 2800) returning id",
                customers[customer],
                number,
                tier,
                year(1)? - Months::new(12),
                minutes
            )
            .fetch_one(&mut *self.tx)
            .await?;
            let source = format!("{contract}:{quarter}");
            self.grant(customers[customer], "contract", minutes, midnight(quarter), midnight(next_quarter), &source)
                .await?;
        }
        let bought = today - Days::new(40);
        self.grant(customers[2], "bundle", 120, midnight(bought), midnight(bought + Months::new(12)), "demo").await
    }

    async fn grant(
        &mut self,
        customer: i64,
        kind: &str,
        minutes: i32,
        effective_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        source: &str,
    ) -> anyhow::Result<()> {
        sqlx::query!(
            "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
             values ($1, $2, $3, $4, $5, $6, $4)",
            customer,
            kind,
            minutes,
            effective_at,
            expires_at,
            source
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    async fn plan(&mut self, technician: i64, person: &DemoStaff) -> anyhow::Result<()> {
        for skill in person.skills {
            sqlx::query!("insert into technician_skill (technician_id, skill) values ($1, $2)", technician, skill)
                .execute(&mut *self.tx)
                .await?;
        }
        for weekday in 1..=5_i16 {
            for (starts, ends) in person.day {
                sqlx::query!(
                    "insert into working_plan (technician_id, weekday, starts, ends) values ($1, $2, $3, $4)",
                    technician,
                    weekday,
                    starts.parse::<NaiveTime>()?,
                    ends.parse::<NaiveTime>()?
                )
                .execute(&mut *self.tx)
                .await?;
            }
        }
        Ok(())
    }

    /// One day on which the whole line is away.
    async fn closure(&mut self, today: NaiveDate) -> anyhow::Result<crate::model::calendar::Closure> {
        let settings = catalogue::settings(&mut self.tx).await?;
        let date = settings.calendar([]).add_working_days(today, 12);
        let reason = "Celofiremní porada".to_owned();
        sqlx::query!("insert into closure (date, reason) values ($1, $2)", date, reason).execute(&mut *self.tx).await?;
        Ok(crate::model::calendar::Closure { date, reason })
    }

    /// A doctor's visit in the middle of a day, and two days of leave.
    async fn exceptions(&mut self, calendar: &BusinessCalendar, today: NaiveDate) -> anyhow::Result<()> {
        let doctor = calendar.add_working_days(today, 2);
        let leave = calendar.add_working_days(today, 5);
        for (technician, date, from, to, note) in
            [(0, doctor, "09:00", "11:00", "lékař"), (3, leave, "07:00", "15:30", "dovolená")]
        {
            let during = PgRange::from(from_local(date, from.parse()?)..from_local(date, to.parse()?));
            sqlx::query!(
                "insert into plan_exception (technician_id, during, kind, note) values ($1, $2, 'off', $3)",
                self.technicians[technician].0,
                during,
                note
            )
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    /// Three weeks of appointments: one behind, two ahead; a third to a half of each technician's day.
    async fn appointments(&mut self, calendar: &BusinessCalendar, today: NaiveDate) -> anyhow::Result<()> {
        let working_days = (-9..=14_i64)
            .filter_map(|day| today.checked_add_signed(TimeDelta::days(day)))
            .filter(|date| calendar.is_working_day(*date));
        for date in working_days {
            for technician in 0..self.technicians.len() {
                self.day_of(technician, date).await?;
            }
        }
        Ok(())
    }

    async fn day_of(&mut self, technician: usize, date: NaiveDate) -> anyhow::Result<()> {
        let (technician_id, person) = self.technicians[technician];
        for (starts, ends) in person.day {
            let ends = from_local(date, ends.parse()?);
            let mut at = from_local(date, starts.parse()?) + TimeDelta::minutes(15 * self.dice.below(5));
            while at < ends {
                let work_type = usize::try_from(self.dice.below(11))?;
                let work = &WORK_TYPES[work_type];
                let end = at + TimeDelta::minutes(i64::from(work.slot));
                if end <= ends && person.skills.contains(&work.skill) {
                    self.appointment(technician_id, work_type, at, end).await?;
                }
                at = end + TimeDelta::minutes(15 * (2 + self.dice.below(6)));
            }
        }
        Ok(())
    }

    async fn appointment(
        &mut self,
        technician: i64,
        work_type: usize,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let work = &WORK_TYPES[work_type];
        let able: Vec<usize> =
            (0..MEMBERS.len()).filter(|index| MEMBERS[*index].capabilities.contains(&"order")).collect();
        let index = able[usize::try_from(self.dice.below(i64::try_from(able.len())?))?];
        let (customer, member) = self.members[index];
        let is_over = end < self.now;
        // Urgent work is agreed for the next hours, normal work days ahead.
        let is_urgent = !work.plannable && start < self.now + TimeDelta::hours(6) && self.dice.below(4) == 0;
        let lead = if is_urgent { 1 + self.dice.below(2) } else { 80 + self.dice.below(60) };
        let ordered_at = (start - TimeDelta::hours(lead)).min(self.now);
        let id = Uuid::from_u128((u128::from(self.dice.next()) << 64) | u128::from(self.dice.next()));
        sqlx::query!(
            "insert into service_request (id, customer_id, member_id, number, state, source, program_id, work_type_id,
                 urgency, what_stopped, stopped_since, what_happened, contact_name, contact_phone, ready, created_at,
                 submitted_at)
             values ($1, $2, $3, next_request_number($4), $5, 'portal',
                 (select min(program_id) from licence where customer_id = $2),
                 (select id from work_type where name = $6), $7, $8, $9, $10, $11, $12, true, $13, $13)",
            id,
            customer,
            member,
            to_local(ordered_at).year(),
            if is_over { "closed" } else { "scheduled" },
            work.name,
            if is_urgent { "urgent" } else { "normal" },
            is_urgent.then_some("Nemůžeme vydávat obědy."),
            is_urgent.then_some("od rána"),
            work.story,
            MEMBERS[index].name,
            MEMBERS[index].phone,
            ordered_at
        )
        .execute(&mut *self.tx)
        .await?;
        sqlx::query!(
            "insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             values ($1, $2, $3, $4, $5, $6)",
            customer,
            id,
            technician,
            PgRange::from(start..end),
            if is_urgent { "urgent" } else { "normal" },
            if is_over { "done" } else { "confirmed" }
        )
        .execute(&mut *self.tx)
        .await?;
        for (kind, starts_at, ends_at) in [("ordered", None, None), ("confirmed", Some(start), Some(end))] {
            sqlx::query!(
                "insert into request_event (customer_id, request_id, at, kind, member_id, starts_at, ends_at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
                customer,
                id,
                ordered_at,
                kind,
                member,
                starts_at,
                ends_at
            )
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }
}

/// Chance that is the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from zero up to but not including `end`.
    fn below(&mut self, end: i64) -> i64 {
        i64::try_from(self.next() >> 1).unwrap_or(0) % end
    }
}
