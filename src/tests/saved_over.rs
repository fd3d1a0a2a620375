//! Forms of what is kept, sent over what a colleague has saved since they were opened (design, Forms).

use std::collections::BTreeSet;

use linka::{
    api,
    model::people::{
        access::Access,
        members::{Capabilities, StaffRole},
    },
    server::db::MIGRATIONS,
};
use sqlx::PgPool;

use super::support::{Site, World};

/// A form, and a change that a colleague makes while it is open.
struct Opened {
    /// The address of its page.
    page: String,
    /// Its server function.
    function: &'static str,
    /// What the colleague does.
    change: String,
    /// The field that is changed by that.
    field: &'static str,
    /// What is typed into it.
    typed: &'static str,
    /// What is said beside it.
    told: &'static str,
}

fn opened(page: &str, function: &'static str, change: &str, [field, typed, told]: [&'static str; 3]) -> Opened {
    Opened { page: page.to_owned(), function, change: change.to_owned(), field, typed, told }
}

/// The same for every form that writes what is kept.
async fn forms(world: &World) -> Vec<Opened> {
    let place = world.place("Škola").await;
    let customer = place.customer;
    let member = world.member(customer, Capabilities::NONE).await.member().expect("a member").id();
    world.staff(StaffRole::Dispatcher).await;
    let person = world.id("select staff_id from login where staff_id is not null").await;
    world.sql("insert into skill (code, name) values ('site', 'Sítě')").await;
    world.sql("insert into site_notice (text_cs, text_en, starts_at, ends_at) values ('Výpadek', 'Outage', '2026-01-01', '2099-01-01')").await;
    world.sql("insert into public_text (text_cs, text_en) values ('Dobrý den', '')").await;
    let outage = world.outage("Stravné nejde spustit").await;
    let webhook = world.webhook(customer).await;
    // The vendor's own.
    world.sql("update webhook_endpoint set customer_id = null").await;
    let region = world.id("select min(id)::bigint from line_region").await;
    let (program, repair) = (world.program, world.repair);
    vec![
        opened(
            "/settings/voice",
            "/api/settings/save-voice",
            "update voice_setting set patterns = 'Subject: Vzkaz od {number}'",
            ["patterns", "Subject: Zpráva od {number}", "Subject: Vzkaz od {number}"],
        ),
        opened(
            "/settings/teamviewer",
            "/api/settings/save-teamviewer",
            "update teamviewer_setting set kept_days = 90",
            ["kept_days", "60", "90"],
        ),
        opened("/settings/limits", "/api/settings/save-limits", "update line_limit set holds = 7", ["holds", "5", "7"]),
        opened(
            &format!("/settings/regions/{region}"),
            "/api/regions/save",
            &format!("update line_region set postal_prefixes = '{{39}}' where id = {region}"),
            ["postal_prefixes", "38", "39"],
        ),
        opened(
            &format!("/settings/programs/{program}"),
            "/api/programs/save",
            &format!("update program set name_en = 'Canteen' where id = {program}"),
            ["name_en", "Dining", "Canteen"],
        ),
        opened(
            &format!("/settings/work-types/{repair}"),
            "/api/work-types/describe",
            &format!("update work_type set name_en = 'Repair' where id = {repair}"),
            ["name_en", "Mending", "Repair"],
        ),
        opened(
            "/settings/tiers/fast",
            "/api/tiers/rename",
            "update response_tier set name_en = 'Swift' where code = 'fast'",
            ["name_en", "Quick", "Swift"],
        ),
        opened(
            "/settings/skills/site",
            "/api/skills/rename",
            "update skill set name = 'Počítačové sítě' where code = 'site'",
            ["name", "Internet", "Počítačové sítě"],
        ),
        opened(
            &format!("/desk/outages/{outage}"),
            "/api/desk/save-outage",
            "update outage set name_en = 'Meals do not start'",
            ["outage_name_en", "Meals are slow to start", "Meals do not start"],
        ),
        opened(
            "/settings/notice",
            "/api/settings/put-notice",
            "update site_notice set text_cs = 'Opraveno'",
            ["text_cs", "Trvá to", "Opraveno"],
        ),
        opened(
            "/settings/text",
            "/api/settings/save-text",
            "update public_text set text_cs = 'Dobrý večer'",
            ["text_cs", "Dobré ráno", "Dobrý večer"],
        ),
        opened(
            "/settings/embed",
            "/api/settings/save-embed",
            "update embed_setting set origins = 'https://b.example'",
            ["origins", "https://a.example", "https://b.example"],
        ),
        opened(
            "/settings/words",
            "/api/settings/save-words",
            "update everyday_words set spoken = 'tisk: netiskne'",
            ["spoken", "tisk: papír", "tisk: netiskne"],
        ),
        opened(
            "/settings/company",
            "/api/settings/save-company",
            "update supplier set register = 'oddíl C, vložka 2'",
            ["register", "oddíl C, vložka 3", "oddíl C, vložka 2"],
        ),
        opened(
            "/sales/reminders",
            "/api/sales/save-reminder",
            "update payment_stage set days_after = 5 where stage = 'friendly'",
            ["days_after", "7", "5"],
        ),
        opened(
            "/sales/reminders",
            "/api/sales/save-receivable-rule",
            "update receivable_rule set block_after_days = 45",
            ["block_after_days", "60", "45"],
        ),
        opened(
            &format!("/account/webhooks/{webhook}"),
            "/api/webhooks/save",
            "update webhook_endpoint set url = 'https://erp.example.com/hook'",
            ["webhook_url", "https://erp.example.com/orders", "https://erp.example.com/hook"],
        ),
        opened(
            &format!("/settings/staff/{person}"),
            "/api/staff/save",
            &format!("update staff set name = 'Radek Nový' where id = {person}"),
            ["name", "Radek Starý", "Radek Nový"],
        ),
        opened(
            &format!("/settings/staff/{person}"),
            "/api/staff/change-address",
            &format!("update login set email = 'radek@vendor.cz' where staff_id = {person}"),
            ["email", "radek.novy@vendor.cz", "radek@vendor.cz"],
        ),
        opened(
            &format!("/desk/customers/{customer}/edit"),
            "/api/desk/save-customer",
            &format!("update customer set note = 'Volat po obědě' where id = {customer}"),
            ["pinned_note", "Volat ráno", "Volat po obědě"],
        ),
        opened(
            &format!("/desk/customers/{customer}/people/{member}"),
            "/api/members/save",
            &format!("update member set name = 'Jana Nová' where id = {member}"),
            ["name", "Jana Stará", "Jana Nová"],
        ),
    ]
}

/// The fields of a page's form as a browser would send them.
fn fields_of(html: &str, function: &str) -> Vec<(String, String)> {
    let named = format!("name=\"call\" value=\"{function}\"");
    let form = html.split("<form").find(|form| form.contains(&named)).unwrap_or_else(|| panic!("{function} in {html}"));
    let form = form.split("</form>").next().unwrap_or_default();
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        Some(value.replace("&amp;", "&").replace("&lt;", "<").replace("&quot;", "\""))
    };
    let inputs = form.split("<input").skip(1).filter_map(|input| {
        let tag = input.split('>').next()?;
        let is_box = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
        let is_sent = !is_box || tag.contains(" checked");
        Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())).filter(|_| is_sent)
    });
    let areas = form.split("<textarea").skip(1).filter_map(|area| {
        let (tag, rest) = area.split_once('>')?;
        Some((attribute(tag, "name")?, rest.split("</textarea>").next()?.trim_start_matches('\n').to_owned()))
    });
    inputs.chain(areas).filter(|(name, _)| name != "call").collect()
}

fn with_typed<'a>(fields: &'a [(String, String)], field: &str, typed: &'a str) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (name.as_str(), if name == field { typed } else { value.as_str() })).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_form_writes_over_what_a_colleague_has_saved_unless_told(pool: PgPool) {
    let world = World::new(pool).await;
    let forms = forms(&world).await;
    let manager = world.staff(StaffRole::Manager).await;
    let cookie = world.cookie(&manager).await;
    let site = Site::serve(world.app.clone()).await;
    for Opened { page, function, change, field, typed, told } in forms {
        let shown = site.get(&page, &cookie).await;
        assert_eq!(shown.status, 200, "{page}");
        let first = fields_of(&shown.body, function);
        assert!(first.iter().any(|(name, _)| name == "seen"), "{function} says what it showed");
        world.sql(&change).await;
        let mut sent = with_typed(&first, field, typed);
        // Only the form of who sells has that box.
        sent.push(("company_confirmed", "true"));
        let told_of = site.post(function, &cookie, &page, &sent).await;
        assert_eq!(told_of.status, 409, "{function}");
        assert!(told_of.body.contains(told), "{function} says that it is {told} by now");
        let again = fields_of(&told_of.body, function);
        let kept = again.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str());
        assert_eq!(kept, Some(typed), "{function}: what was typed stays");
        let knowingly = site.post(function, &cookie, &page, &with_typed(&again, field, typed)).await;
        assert_eq!(knowingly.status, 303, "{function}: {}", knowingly.body);
        let now = fields_of(&site.get(&page, &cookie).await.body, function);
        let now = now.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str());
        assert_eq!(now, Some(typed), "{function}: told, one may");
        let twice = site.post(function, &cookie, &page, &with_typed(&again, field, typed)).await;
        assert_eq!(twice.status, 303, "{function} may come twice");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_field_that_was_left_alone_takes_what_a_colleague_has_saved(pool: PgPool) {
    let world = World::new(pool).await;
    let forms = forms(&world).await;
    let cookie = world.cookie(&world.staff(StaffRole::Manager).await).await;
    let site = Site::serve(world.app.clone()).await;
    for Opened { page, function, change, field, told, .. } in forms {
        let first = fields_of(&site.get(&page, &cookie).await.body, function);
        world.sql(&change).await;
        let mut sent = with_typed(&first, "", "");
        sent.push(("company_confirmed", "true"));
        let told_of = site.post(function, &cookie, &page, &sent).await;
        assert_eq!(told_of.status, 409, "{function}");
        let again = fields_of(&told_of.body, function);
        let holds = |fields: &[(String, String)]| fields.iter().any(|(name, value)| name == field && value == told);
        assert!(holds(&again), "{function}: {again:?}");
        let saved = site.post(function, &cookie, &page, &with_typed(&again, "", "")).await;
        assert_eq!(saved.status, 303, "{function}: {}", saved.body);
        assert!(holds(&fields_of(&site.get(&page, &cookie).await.body, function)), "{function}: it stays");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_seen_first_stays_through_a_refusal(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = world.staff(StaffRole::Manager).await;
    let cookie = world.cookie(&manager).await;
    let site = Site::serve(world.app.clone()).await;
    let (page, function) = ("/settings/limits", "/api/settings/save-limits");
    let first = fields_of(&site.get(page, &cookie).await.body, function);
    world.sql("update line_limit set drafts = 33").await;
    let refused = site.post(function, &cookie, page, &with_typed(&first, "holds", "mnoho")).await;
    assert_eq!(refused.status, 422);
    let mended = fields_of(&refused.body, function);
    let told = site.post(function, &cookie, page, &with_typed(&mended, "holds", "4")).await;
    assert_eq!(told.status, 409, "the colleague's change was never shown");
}

/// Functions whose name says that they write what is kept, and that need not say what was seen.
const OTHERWISE: &[&str] = &[
    // One's own draft.
    "/api/drafts/save",
    // Adds, under its key.
    "/api/settings/save-vat",
    "/api/licences/save",
    "/api/licences/save-computer",
    // Puts a request off in its lane; whoever comes second has the last word.
    "/api/desk/put-off",
    "/api/desk/put-off-until",
    // Another one from a day on, in the place of one that is named.
    "/api/price-list/change",
    // A week from a day on, in the place of whatever was planned for its days.
    "/api/plans/change",
];

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_form_that_writes_what_is_kept_is_asked(pool: PgPool) {
    let world = World::new(pool).await;
    let asked: BTreeSet<&str> = forms(&world).await.iter().map(|form| form.function).collect();
    let is_saving = |path: &str| {
        let last = path.rsplit('/').next().unwrap_or_default();
        ["save", "put", "rename", "change"].iter().any(|word| last == *word || last.starts_with(&format!("{word}-")))
    };
    let by_staff = |access: &Access| matches!(access, Access::Manager | Access::Desk);
    let saving: Vec<&str> =
        api::access().filter(|(path, access)| by_staff(access) && is_saving(path)).map(|(path, _)| path).collect();
    let missing: Vec<_> = saving.iter().filter(|path| !asked.contains(*path) && !OTHERWISE.contains(path)).collect();
    assert!(missing.is_empty(), "neither asked nor excused: {missing:?}");
}
