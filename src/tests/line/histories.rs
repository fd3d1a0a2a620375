//! Random histories of all settings together: what holds when is what a plain list says, and what was ordered is done and billed as it
//! was shown, whatever has changed between.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use linka::{
    model::{
        base::{
            calendar::{midnight, to_local},
            fields::FieldCode,
            ids::{BundleId, RegionId},
            money::VatRate,
            numbers::InterventionRef,
            terms::Urgency,
        },
        line::{catalogue_changes::CatalogueRow, setting_changes::SettingsPage},
        money::{price_list::TypedBundle, vat::ComingRate},
        people::members::StaffRole,
        problem::Problem,
        work::segments::SegmentKind,
    },
    server::{
        auth::Manager,
        db::{MIGRATIONS, line::catalogue},
        service::{
            line::{catalogue_changes, setting_changes},
            money::{price_list, vat},
            ordering::{drafts, requests},
            work::{clock, closing, receipts},
        },
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use super::{catalogue_changes::change_from, setting_changes::change};
use crate::support::{Place, World, short_or_long};

/// What has a history of changes that can be withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Setting {
    Rate,
    Minimum,
    Proforma,
    Slot,
    Most,
    Lead,
    Phone,
}

impl Setting {
    const ALL: [Self; 7] = [Self::Rate, Self::Minimum, Self::Proforma, Self::Slot, Self::Most, Self::Lead, Self::Phone];

    /// What the test's line begins with.
    const fn at_first(self) -> u32 {
        match self {
            Self::Rate => 2_500,
            Self::Minimum => 30,
            Self::Proforma => 14,
            Self::Slot => 60,
            Self::Most => 45,
            Self::Lead => 1_530,
            Self::Phone => 377_457_977,
        }
    }
}

/// A change: from when on it holds, since when and until when it is known, what it says, and its identity.
#[derive(Debug)]
struct Made {
    from: DateTime<Utc>,
    since: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    value: u32,
    id: Uuid,
}

/// The naive reference, and the hand that changes things at random.
struct Histories<'a> {
    world: &'a World,
    manager: Manager,
    seed: u64,
    made: BTreeMap<Setting, Vec<Made>>,
    /// Rates of VAT by their days, and prices of the bundle of 300 minutes.
    vat: BTreeMap<NaiveDate, u32>,
    bundle: BTreeMap<NaiveDate, u32>,
}

impl<'a> Histories<'a> {
    async fn new(world: &'a World, seed: u64) -> Self {
        let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
        let began = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");
        Self { world, manager, seed, made: BTreeMap::new(), vat: [(began, 21)].into(), bundle: [(began, 6_300)].into() }
    }

    fn below(&mut self, end: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).expect("a number") % end
    }

    fn number(&mut self, end: usize) -> u32 {
        u32::try_from(self.below(end)).expect("a small number")
    }

    fn now(&self) -> DateTime<Utc> {
        self.world.app.clock.now()
    }

    fn today(&self) -> NaiveDate {
        to_local(self.now()).date()
    }

    fn some_day(&mut self, within: usize) -> NaiveDate {
        let ahead = i64::try_from(self.below(within)).expect("few days");
        self.today() + TimeDelta::days(ahead)
    }

    /// What a setting is at an instant, as far as it was known at another one.
    fn at(&self, setting: Setting, at: DateTime<Utc>, known: DateTime<Utc>) -> u32 {
        let all = self.made.get(&setting).map_or(&[][..], Vec::as_slice).iter().enumerate();
        let seen = all
            .filter(|(_, made)| made.from <= at && made.since <= known && made.until.is_none_or(|until| until > known));
        let last = seen.max_by_key(|(place, made)| (made.from, made.since, *place));
        last.map_or(setting.at_first(), |(_, made)| made.value)
    }

    /// Changes one setting from a random day on; none when it would change nothing.
    async fn change(&mut self, setting: Setting, within: usize) {
        let (from, app) = (self.some_day(within), &self.world.app);
        let (work, tier, region) = (
            CatalogueRow::WorkType(self.world.repair),
            CatalogueRow::Tier("basic".into()),
            CatalogueRow::Region(RegionId(1)),
        );
        let line = async |manager: &Manager, new: String| {
            change(app, manager, SettingsPage::Prices, &from.to_string(), &new).await
        };
        let value = match setting {
            Setting::Rate => 1_000 + self.number(5_000),
            Setting::Minimum => 10 + self.number(60),
            Setting::Proforma => 1 + self.number(60),
            Setting::Slot => 15 * (2 + self.number(7)),
            Setting::Most => 20 + self.number(100),
            Setting::Lead => 60 * (1 + self.number(20)),
            Setting::Phone => 377_000_000 + self.number(999_999),
        };
        let manager = &self.manager;
        let made = match setting {
            Setting::Rate => line(manager, format!("list_rate_per_minute={value}")).await,
            Setting::Minimum => line(manager, format!("minimum_one_off={value}")).await,
            Setting::Proforma => line(manager, format!("proforma_days={value}")).await,
            Setting::Slot => change_from(app, manager, &work, from, &format!("slot_minutes={value}")).await,
            Setting::Most => change_from(app, manager, &work, from, &format!("minutes=20-{value}")).await,
            Setting::Lead => change_from(app, manager, &tier, from, &format!("normal_lead_minutes={value}")).await,
            Setting::Phone => change_from(app, manager, &region, from, &format!("phone={value}")).await,
        };
        match made {
            Ok(id) => {
                let (from, since) = (midnight(from).max(self.now()), self.now());
                self.made.entry(setting).or_default().push(Made { from, since, until: None, value, id });
            }
            Err(problem) => assert_eq!(problem, Problem::Conflict, "{setting:?} was that already"),
        }
    }

    /// Withdraws a random change: it works exactly until its day.
    async fn withdraw(&mut self, setting: Setting) {
        let count = self.made.get(&setting).map_or(0, Vec::len);
        if count == 0 {
            return;
        }
        let one = self.below(count);
        let (app, now) = (&self.world.app, self.now());
        let made = &mut self.made.get_mut(&setting).expect("changes")[one];
        let row = match setting {
            Setting::Rate | Setting::Minimum | Setting::Proforma => None,
            Setting::Slot | Setting::Most => Some(CatalogueRow::WorkType(self.world.repair)),
            Setting::Lead => Some(CatalogueRow::Tier("basic".into())),
            Setting::Phone => Some(CatalogueRow::Region(RegionId(1))),
        };
        let withdrawn = match row {
            None => setting_changes::withdraw(app, &self.manager, SettingsPage::Prices, made.id).await,
            Some(row) => catalogue_changes::withdraw(app, &self.manager, &row, made.id).await,
        };
        assert_eq!(withdrawn.is_ok(), made.until.is_some() || made.from > now, "{setting:?}: {made:?} at {now}");
        if withdrawn.is_ok() {
            made.until.get_or_insert(now);
        }
    }

    /// A rate of VAT, or another price of the bundle, from a day to come on.
    async fn change_a_list(&mut self) {
        let (day, app) = (self.some_day(30) + TimeDelta::days(1), &self.world.app);
        if self.below(2) == 0 {
            let percent = 5 + self.number(20);
            let coming = ComingRate { vat_from: day.to_string(), percent: percent.to_string() };
            match vat::save(app, &self.manager, &coming).await {
                Ok(()) => {
                    self.vat.insert(day, percent);
                }
                Err(problem) => assert_eq!(problem, Problem::field("percent", FieldCode::AlreadyUsed), "as before"),
            }
        } else if self.bundle.last_key_value().is_some_and(|(last, _)| *last < day) {
            let mut tx = app.db.staff().await.expect("a transaction");
            let sold = catalogue::bundles(&mut tx, day).await.expect("the bundles");
            drop(tx);
            let id = sold.iter().find(|bundle| bundle.minutes == 300).map_or(BundleId(3), |bundle| bundle.id);
            let price = 1_000 + self.number(9_000);
            let typed = TypedBundle {
                minutes: "300".into(),
                price: price.to_string(),
                validity_months: "12".into(),
                from: day.to_string(),
                ..TypedBundle::default()
            };
            price_list::change(app, &self.manager, id, &typed).await.expect("another price");
            self.bundle.insert(day, price);
        }
    }

    /// Does a few things at random.
    async fn go_on(&mut self, steps: usize, within: usize) {
        for _ in 0..steps {
            self.world.app.clock.advance(TimeDelta::seconds(i64::from(self.number(90))));
            let setting = Setting::ALL[self.below(Setting::ALL.len())];
            match self.below(10) {
                0..=2 => self.withdraw(setting).await,
                3..=4 => self.change_a_list().await,
                _ => self.change(setting, within).await,
            }
        }
    }
}

fn of_day(list: &BTreeMap<NaiveDate, u32>, day: NaiveDate) -> u32 {
    list.range(..=day).next_back().map(|(_, value)| *value).expect("something from the beginning on")
}

fn rate(percent: u32) -> VatRate {
    percent.to_string().parse().expect("a rate")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_holds_when_is_what_a_plain_list_of_changes_says(pool: PgPool) {
    let world = World::new(pool).await;
    let app = &world.app;
    let mut histories = Histories::new(&world, 2_026).await;
    let mut asked = vec![histories.now()];
    for _ in 0..short_or_long(12, 80) {
        histories.go_on(8, 15).await;
        asked.push(histories.now());
        app.clock.advance(TimeDelta::hours(i64::from(histories.number(60))));
    }
    let mut tx = app.db.staff().await.expect("a transaction");
    for _ in 0..short_or_long(150, 1_000) {
        let known = asked[histories.below(asked.len())];
        let at = asked[histories.below(asked.len())] + TimeDelta::hours(i64::from(histories.number(600)));
        let settings = catalogue::settings_known(&mut tx, at, known).await.expect("settings");
        let line = [
            (Setting::Rate, u32::try_from(settings.list_rate_per_minute.haler()).expect("a price")),
            (Setting::Minimum, settings.minimum_one_off),
            (Setting::Proforma, settings.proforma_days),
        ];
        let rest: (i32, i32, i32, String) = sqlx::query_as(
            "select w.slot_minutes, w.minutes_to, t.normal_lead_minutes, replace(r.phone, ' ', '')
             from work_types_at($1, $2) w, response_tiers_at($1, $2) t, line_regions_at($1, $2) r
             where w.name = 'Oprava' and t.code = 'basic' and r.id = 1",
        )
        .bind(at)
        .bind(known)
        .fetch_one(&mut *tx)
        .await
        .expect("the catalogue");
        let natural = |number: i32| u32::try_from(number).expect("a natural number");
        let rest = [
            (Setting::Slot, natural(rest.0)),
            (Setting::Most, natural(rest.1)),
            (Setting::Lead, natural(rest.2)),
            (Setting::Phone, rest.3.parse().expect("a number")),
        ];
        for (setting, found) in line.into_iter().chain(rest) {
            assert_eq!(found, histories.at(setting, at, known), "{setting:?} at {at}, known at {known}");
        }
        // What lists say by days is known as soon as it is written, and never changes for a day that has begun.
        let day = to_local(at).date();
        assert_eq!(settings.vat.of(day), rate(of_day(&histories.vat, day)), "VAT on {day}");
        let sold = catalogue::bundles(&mut tx, day).await.expect("the bundles");
        let price = sold.iter().find(|bundle| bundle.minutes == 300).expect("it is sold").price;
        assert_eq!(price.haler(), 100 * i64::from(of_day(&histories.bundle, day)), "the bundle on {day}");
    }
}

/// Orders at some moment, changes what may be changed until the agreed time and while the work goes on, and closes: all of it is as
/// it was shown.
async fn order_is_done_as_it_was_shown(histories: &mut Histories<'_>, place: &Place) {
    let (world, app) = (histories.world, &histories.world.app);
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    world.pick(&orderer, order, start).await.expect("a hold");
    let ordered = histories.now();
    let reference = |setting| histories.at(setting, start, ordered);
    let (rate, minimum) = (reference(Setting::Rate), reference(Setting::Minimum));
    let (slot, most) = (histories.at(Setting::Slot, ordered, ordered), histories.at(Setting::Most, ordered, ordered));
    let shown = drafts::summary(app, &orderer, order).await.expect("the last look");
    let held = shown.time.expect("a time").slot;
    assert_eq!((shown.estimate.rate.haler(), shown.estimate.minimum), (i64::from(rate), minimum));
    assert_eq!(
        (shown.estimate.minutes.to, (held.end - held.start).num_minutes()),
        (most.max(minimum), i64::from(slot))
    );
    let estimate = shown.estimate.as_shown();
    let typed = drafts::LastLook { ceiling_minutes: "", shown: Some(&estimate), ..Default::default() };
    let number = drafts::confirm(app, &orderer, order, typed).await.expect("agreed");

    histories.go_on(8, 4).await;
    let early = start - TimeDelta::minutes(20);
    if early > histories.now() {
        app.clock.advance(early - histories.now());
    }
    histories.go_on(4, 2).await;
    app.clock.advance(start - histories.now());
    let technician = world.technician_of(number).await;
    clock::start(app, &technician, number, Some(SegmentKind::Work), app.random.uuid()).await.expect("started");
    let minutes = 5 + histories.number(20);
    app.clock.advance(TimeDelta::minutes(i64::from(minutes)));
    for setting in [Setting::Rate, Setting::Minimum, Setting::Slot] {
        histories.change(setting, 1).await;
    }
    closing::close(app, &technician, number, "Tisk funguje.", Some(true), app.random.uuid()).await.expect("closed");

    let receipt = receipts::page(app, &place.boss, InterventionRef { number, ordinal: 1 }).await.expect("the receipt");
    let bill = &receipt.receipt.bill;
    assert_eq!((bill.minimum, bill.billed), (minimum, minutes.max(minimum)), "ordered at {ordered} for {start}");
    let told = requests::page(app, &orderer, number).await.expect("the page").estimate.expect("an estimate");
    assert_eq!(told.as_shown(), estimate, "what was shown stays");
    let query = format!(
        "select i.rate_per_minute from intervention i join service_request r on r.id = i.request_id
         where r.number = '{number}' and r.slot_minutes = {slot} and r.minutes_to = {most}"
    );
    assert_eq!(world.id(&query).await, i64::from(rate), "a minute costs what was shown");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_ordered_is_done_and_billed_as_it_was_shown_whatever_has_changed_since(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(2, "07:00", "15:30").await;
    world.without_reserve().await;
    let mut histories = Histories::new(&world, 63).await;
    for case in 0..short_or_long(10, 60) {
        histories.go_on(6, 6).await;
        let place = world.place(&format!("Škola {case}")).await;
        order_is_done_as_it_was_shown(&mut histories, &place).await;
    }
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}
