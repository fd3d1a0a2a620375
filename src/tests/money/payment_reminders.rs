//! Reminders of what is overdue: once for each document and stage, of nothing that was paid meanwhile, and none while a plan is kept.

use chrono::TimeDelta;
use futures::future::join_all;
use linka::{
    model::{
        base::{
            bilingual::Bilingual,
            calendar::to_local,
            ids::{BankPaymentId, MailId, SettlingId},
            seen::Seen,
            terms::Urgency,
        },
        mails::MailContent,
        money::{
            payment_plans::TypedPlan,
            payment_reminders::{PaymentStage, ReminderMail, TypedStage},
            tax_documents::{DocumentContent, DocumentKind, DocumentLine, TaxDocument, tax_rows},
        },
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        auth::Manager,
        db::{
            MIGRATIONS,
            locks::{self, Lock},
            mails as stored,
            money::{
                payment_plans as agreed,
                tax_documents::{self, Subject},
            },
        },
        service::{
            mails,
            money::{balances, bank, payment_plans, payment_reminders, receivables},
            people::customers,
        },
    },
};
use sqlx::PgPool;

use crate::support::{Shop, documents::issue};

struct Owing {
    shop: Shop,
    manager: Manager,
}

impl Owing {
    /// Friendly after three days, second after ten.
    async fn new(pool: PgPool) -> Self {
        let shop = Box::pin(Shop::new(pool)).await;
        let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
        let owing = Self { shop, manager };
        owing.begins(PaymentStage::Friendly, "3").await;
        owing.begins(PaymentStage::Second, "10").await;
        owing
    }

    async fn begins(&self, stage: PaymentStage, days_after: &str) {
        let typed = TypedStage {
            days_after: days_after.into(),
            subject: Bilingual { cs: "Dlužíte {total}".into(), en: "You owe {total}".into() },
            text: Bilingual { cs: "Je to {count}, {days}.".into(), en: "It is {count}, {days}.".into() },
        };
        payment_reminders::save_stage(&self.shop.world.app, &self.manager, stage, &typed, &Seen::default())
            .await
            .expect("saved");
    }

    async fn invoice(&self, key: &str) -> TaxDocument {
        issue(&self.shop.world.app, self.shop.place.customer, DocumentKind::Invoice, key, 100_000).await.expect("it is")
    }

    /// Lets days go by, and does what is due then.
    async fn after(&self, days: i64) -> i64 {
        self.shop.world.app.clock.advance(TimeDelta::days(days));
        payment_reminders::remind(&self.shop.world.app).await.expect("reminded");
        self.letters().await
    }

    async fn letters(&self) -> i64 {
        self.shop.world.id("select count(*) from mail where kind = 'payment_reminder'").await
    }

    async fn last(&self) -> (MailId, ReminderMail) {
        let id = MailId(self.shop.world.id("select max(id) from mail where kind = 'payment_reminder'").await);
        let mut tx = self.shop.world.app.db.system().await.expect("a transaction");
        let mail = stored::find(&mut tx, id).await.expect("an answer").expect("a mail");
        match mail.content {
            Some(MailContent::PaymentReminder(letter)) => (id, letter),
            other => panic!("{other:?}"),
        }
    }

    /// Credits all of an invoice.
    async fn credit(&self, invoice: &TaxDocument) {
        let app = &self.shop.world.app;
        let lines: Vec<_> =
            invoice.content.lines.iter().map(|line| DocumentLine { price: -line.price, ..line.clone() }).collect();
        let content = DocumentContent {
            kind: DocumentKind::CreditNote,
            issued_at: app.clock.now(),
            due_on: None,
            corrects: Some((invoice.number.clone(), "Omyl.".into())),
            taxes: tax_rows(&lines),
            lines,
            ..invoice.content.clone()
        };
        let customer = self.shop.place.customer;
        let subject = Subject { customer, purchase: None, corrects: Some(invoice.id), key: "credit" };
        let mut tx = app.db.system().await.expect("a transaction");
        tax_documents::issue(&mut tx, &subject, content).await.expect("issued").expect("a credit note");
        tx.commit().await.expect("a commit");
    }

    async fn pays(&self, invoice: &TaxDocument) {
        let app = &self.shop.world.app;
        let today = to_local(app.clock.now()).format("%d.%m.%Y");
        let symbol: String = invoice.number.chars().filter(char::is_ascii_digit).collect();
        let file = format!("Datum;Objem;Měna;VS\n{today};1210;CZK;{symbol}\n");
        bank::import(app, &self.manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn each_document_is_reminded_once_at_each_stage_and_not_at_all_once_it_is_paid(pool: PgPool) {
    let owing = Box::pin(Owing::new(pool)).await;
    let app = &owing.shop.world.app;
    let first = owing.invoice("one").await;
    // Monday; due that day.
    assert_eq!(owing.after(2).await, 0, "two days late");
    // The second one has a number of the vendor's own pattern, under which nothing can be paid.
    let pattern = "insert into series_pattern values ('invoice', '2026-11-25', 'FV-{YYYY}-{NNNN}')";
    sqlx::raw_sql(pattern).execute(app.db.pool()).await.expect("set");
    let second = owing.invoice("two").await;
    assert_eq!(owing.after(1).await, 1, "Thursday: three days late");
    let again = join_all((0..6).map(|_| payment_reminders::remind(app))).await;
    assert!(again.iter().all(Result::is_ok));
    assert_eq!(owing.letters().await, 1, "whoever asks, and however often");
    let (_, letter) = owing.last().await;
    assert_eq!((letter.stage, letter.debts.len()), (PaymentStage::Friendly, 2), "the other is one day late");
    let symbols = letter.debts.iter().map(|debt| debt.variable_symbol.as_str());
    assert_eq!(symbols.collect::<Vec<_>>(), [first.number.as_str(), "20260002"]);
    assert_eq!(owing.after(1).await, 1, "Friday");
    assert_eq!(owing.after(1).await, 1, "the line is closed on Saturday");
    assert_eq!(owing.after(2).await, 2, "the second invoice is five days late on Monday");
    assert_eq!(owing.after(3).await, 3, "ten days: the next stage");
    let (mail, letter) = owing.last().await;
    assert_eq!((letter.stage, letter.total()), (PaymentStage::Second, first.content.total() + second.content.total()));
    // What is paid before it is sent is left out; when nothing is left it is not sent.
    owing.pays(&first).await;
    let mut left = letter.clone();
    payment_reminders::still_owed(app, &mut left).await.expect("an answer");
    assert_eq!(left.debts.iter().map(|debt| &debt.number).collect::<Vec<_>>(), [&second.number]);
    owing.pays(&second).await;
    mails::deliver(app, mail, true).await.expect("done");
    let withdrawn = format!("select count(*) from mail where id = {mail} and state = 'withdrawn'");
    assert_eq!(owing.shop.world.id(&withdrawn).await, 1);
    assert_eq!(owing.after(30).await, 3, "nothing is owed");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn while_a_plan_is_kept_nobody_is_reminded_and_a_missed_payment_is_told_once(pool: PgPool) {
    let owing = Box::pin(Owing::new(pool)).await;
    let (app, customer) = (&owing.shop.world.app, owing.shop.place.customer);
    let first = owing.invoice("one").await;
    let debt = owing.invoice("two").await;
    app.clock.advance(TimeDelta::days(1));
    let plan = TypedPlan {
        note: "Dohodnuto s účetní.".into(),
        parts: "30. 11. 2026: 1 210\n7. 12. 2026: 1 210".into(),
        rests_until: String::new(),
    };
    let key = app.random.uuid();
    for _ in 0..2 {
        payment_plans::agree(app, &owing.manager, customer, key, &plan).await.expect("agreed");
    }
    assert_eq!(owing.shop.count("payment_plan").await, 1, "sent twice");
    assert_eq!(owing.after(6).await, 0, "Monday: the plan is kept");
    owing.pays(&debt).await;
    assert_eq!(owing.after(7).await, 0, "the first payment came");
    payment_plans::raise_missed(app).await.expect("raised");
    let alerts = "select count(*) from payment_alert where kind = 'plan_missed'";
    assert_eq!(owing.shop.world.id(alerts).await, 0, "the second is due today");
    assert_eq!(owing.after(1).await, 1, "it did not come: the other invoice is asked for again");
    for _ in 0..2 {
        payment_plans::raise_missed(app).await.expect("raised");
    }
    assert_eq!(owing.shop.world.id(alerts).await, 1);
    let standing =
        async || receivables::case(app, &owing.manager, customer).await.expect("a case").plan.expect("a plan").standing;
    let (one, both) = (debt.content.total(), debt.content.total() + first.content.total());
    assert_eq!((standing().await.came, standing().await.promised), (one, both));
    // What is paid twice is a balance: it pays nothing of the plan until it is used.
    owing.pays(&debt).await;
    let twice = BankPaymentId(owing.shop.world.id("select id from bank_payment where state = 'unmatched'").await);
    bank::assign(app, &owing.manager, twice, &debt.number, "Přišlo podruhé.").await.expect("assigned");
    assert_eq!(standing().await.came, one);
    let key = SettlingId(app.random.uuid());
    balances::spend(app, &owing.manager, customer, &first.number, key).await.expect("used");
    assert_eq!(standing().await.came, both);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_credited_is_no_missed_payment_and_a_plan_that_is_agreed_meanwhile_stops_the_letter(pool: PgPool) {
    let owing = Box::pin(Owing::new(pool)).await;
    let (app, customer) = (&owing.shop.world.app, owing.shop.place.customer);
    let (first, _) = (owing.invoice("one").await, owing.invoice("two").await);
    app.clock.advance(TimeDelta::days(1));
    let agree = async |parts: &str, rests_until: &str| {
        let plan = TypedPlan { note: "Dohodnuto.".into(), parts: parts.into(), rests_until: rests_until.into() };
        payment_plans::agree(app, &owing.manager, customer, app.random.uuid(), &plan).await.expect("agreed");
    };
    agree("30. 11. 2026: 1 210\n7. 12. 2026: 2 000", "").await;
    owing.credit(&first).await;
    let alerts = "select count(*) from payment_alert where kind = 'plan_missed'";
    assert_eq!(owing.after(7).await, 0, "so much less is owed since");
    payment_plans::raise_missed(app).await.expect("raised");
    assert_eq!(owing.shop.world.id(alerts).await, 0);
    assert_eq!(owing.after(7).await, 1, "the other did not come");
    payment_plans::raise_missed(app).await.expect("raised");
    assert_eq!(owing.shop.world.id(alerts).await, 1);
    let missing = "select (details ->> 'amount')::bigint from payment_alert where kind = 'plan_missed'";
    assert_eq!(owing.shop.world.id(missing).await, 121_000, "no more than is owed, whatever was promised");

    // Between the letter and its sending.
    let (mail, _) = owing.last().await;
    agree("", "2026-12-31").await;
    mails::deliver(app, mail, true).await.expect("done");
    let withdrawn = format!("select count(*) from mail where id = {mail} and state = 'withdrawn'");
    assert_eq!(owing.shop.world.id(&withdrawn).await, 1);

    // Between the look and the letter.
    payment_plans::end(app, &owing.manager, customer).await.expect("ended");
    owing.invoice("three").await;
    app.clock.advance(TimeDelta::days(3));
    let mut gate = app.db.staff().await.expect("a transaction");
    locks::take(&mut gate, Lock::PurchasesOf(customer)).await.expect("a lock");
    let process = app.clone();
    let reminding = tokio::spawn(async move { payment_reminders::remind(&process).await });
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while owing.shop.world.id(waiting).await == 0 {
        assert!(!reminding.is_finished(), "it waits for who agrees");
        tokio::task::yield_now().await;
    }
    let today = to_local(app.clock.now()).date();
    let rest = TypedPlan { note: "Dohodnuto.".into(), rests_until: "2026-12-31".into(), ..TypedPlan::default() };
    let rest = rest.check(today).expect("a plan");
    let ids = (app.random.uuid(), customer);
    agreed::agree(&mut gate, ids, &rest, today, owing.manager.id(), app.clock.now()).await.expect("agreed");
    gate.commit().await.expect("a commit");
    reminding.await.expect("no panic").expect("reminded");
    assert_eq!(owing.letters().await, 1);
    payment_plans::end(app, &owing.manager, customer).await.expect("ended");
    assert_eq!(owing.after(0).await, 2, "without the plan it is written");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whoever_owes_too_long_orders_urgent_help_only_and_what_is_agreed_stays(pool: PgPool) {
    let owing = Box::pin(Owing::new(pool)).await;
    let (world, customer) = (&owing.shop.world, owing.shop.place.customer);
    let app = &world.app;
    world.technicians(2, "07:00", "15:30").await;
    // What is refused is held all the same.
    world.without_limits().await;
    let orderer = owing.shop.place.boss.may_order().expect("an orderer");
    payment_reminders::save_rule(app, &owing.manager, ("5", "0"), &Seen::default()).await.expect("saved");
    owing.invoice("one").await;
    let book = async |urgency: Urgency, last: bool| {
        let order = world.order(&orderer, urgency).await;
        let starts = world.starts(&orderer, order).await;
        let start = if last { starts.last() } else { starts.first() };
        world.book(&orderer, order, *start.expect("a start")).await
    };
    book(Urgency::Normal, true).await.expect("nothing is overdue");
    app.clock.advance(TimeDelta::days(7));
    let alerts = "select count(*) from payment_alert where kind = 'urgent_while_owing'";
    assert_eq!(book(Urgency::Normal, false).await, Err(Problem::OwesTooLong));
    assert_eq!(world.id(alerts).await, 0);
    book(Urgency::Urgent, false).await.expect("urgent help is never refused");
    assert_eq!(world.id(alerts).await, 1, "a manager is told");
    assert_eq!(world.id("select count(*) from appointment where state = 'confirmed'").await, 2, "what is agreed stays");
    let rest =
        TypedPlan { note: "Zaplatí po uzávěrce.".into(), rests_until: "2026-12-15".into(), ..TypedPlan::default() };
    payment_plans::agree(app, &owing.manager, customer, app.random.uuid(), &rest).await.expect("agreed");
    book(Urgency::Normal, false).await.expect("a plan is kept");
    payment_plans::end(app, &owing.manager, customer).await.expect("ended");
    assert_eq!(book(Urgency::Normal, false).await, Err(Problem::OwesTooLong));
    // A block by hand is alike where it spares urgent help, and refuses that, too, where it does not.
    customers::block(app, &owing.manager, customer, "Po splatnosti.", true).await.expect("blocked");
    assert_eq!(book(Urgency::Normal, false).await, Err(Problem::Blocked));
    book(Urgency::Urgent, false).await.expect("urgent help is spared");
    assert_eq!(world.id(alerts).await, 2, "a manager is told");
    customers::unblock(app, &owing.manager, customer).await.expect("unblocked");
    customers::block(app, &owing.manager, customer, "Po splatnosti.", false).await.expect("blocked");
    assert_eq!(world.order_for(&orderer, world.repair, Urgency::Urgent).await, Err(Problem::Blocked));
}
