//! A person, and all that may stand of a person anywhere.

use linka::{
    model::{
        base::ids::{CustomerId, LoginId, MemberId},
        people::members::{Capabilities, ContactRoles, MemberForm, StaffRole},
    },
    server::{
        auth::{Caller, Manager, Person, Proof, Session},
        service::{
            people::{members, passwords},
            work::closing,
        },
    },
};
use sqlx::AssertSqlSafe;

use super::super::sign_in::PASSWORD;
use crate::support::{Place, World};

pub(super) const NAME: &str = "Zdislava Vrbová";
pub(super) const FORMER_NAME: &str = "Zdislava Starobylá";
pub(super) const EMAIL: &str = "zdislava.vrbova@skola.cz";
pub(super) const PHONE: &str = "+420605111222";
pub(super) const NOW: &str = "'2026-11-23T08:00:00+01:00'::timestamptz";
/// What she wrote.
pub(super) const WROTE: &str = "Pípá kouřové čidlo.";
/// What others wrote of her.
pub(super) const MENTION: &str = "Volala Zdislava Vrbová, 605 111 222.";
/// How somebody would find her.
pub(super) const TRACES: &[&str] = &[
    "%zdislava%",
    "%vrbov%",
    "%starobyl%",
    "%605111222%",
    "%605 111 222%",
    "%kouřové čidlo%",
    "%pípátko%",
    "%192.0.2.77%",
];

pub(super) fn form(name: &str) -> MemberForm {
    MemberForm {
        name: name.into(),
        phone: PHONE.into(),
        email: EMAIL.into(),
        capabilities: Capabilities::all(),
        contact_roles: ContactRoles::NONE,
        signs_in: true,
        is_mailbox: false,
    }
}

pub(super) async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

/// A person of a customer with a password, as who asks.
pub(super) async fn zdislava(world: &World, customer: CustomerId) -> (MemberId, Caller) {
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let key = world.app.random.uuid();
    let (id, link) = members::add(&world.app, &desk, customer, &form(FORMER_NAME), key).await.expect("added");
    passwords::choose(&world.app, &link.expect("a link").to_hex(), PASSWORD, PASSWORD).await.expect("chosen");
    world.sql(&format!("update member set name = '{NAME}' where id = {id}")).await;
    let login = LoginId(world.id(&format!("select id from login where member_id = {id}")).await);
    let person = Person::Member {
        id,
        name: NAME.into(),
        customer,
        customer_name: "Škola".into(),
        capabilities: Capabilities::all(),
    };
    (id, Caller(Some(Session { id: world.app.random.uuid(), login, email: EMAIL.into(), person, proof: Proof::WHOLE })))
}

/// Closed work of hers, with all that people write about it.
pub(super) async fn plant_work(world: &World, place: &Place, id: MemberId) {
    let customer = place.customer.0;
    let work = world.work_under_way(place, 1, 30).await.remove(0);
    let key = world.app.random.uuid();
    closing::close(&world.app, &work.technician, work.number, "Opraveno.", Some(true), key).await.expect("closed");
    let number = work.number;
    let request = format!("(select id from service_request where number = '{number}')");
    let intervention = format!("(select id from intervention where request_id = {request})");
    let segment = format!("(select min(id) from time_segment where intervention_id = {intervention})");
    let staff = work.technician.id().0;
    for planted in [
        format!(
            "update service_request set member_id = {id}, what_happened = '{WROTE}', what_stopped = '{WROTE}',
                 stopped_since = '{WROTE}', contact_name = '{NAME}', contact_phone = '{PHONE}' where id = {request}"
        ),
        format!(
            "insert into request_event (customer_id, request_id, at, kind, member_id, note)
             values ({customer}, {request}, {NOW}, 'cancelled', {id}, '{WROTE}')"
        ),
        format!(
            "insert into request_event (customer_id, request_id, at, kind, staff_id, note, said_by, said_at)
             values ({customer}, {request}, {NOW}, 'consent_given', {staff}, '{WROTE}', '{NAME}', {NOW})"
        ),
        format!(
            "insert into request_note (customer_id, request_id, staff_id, at, note, key)
             values ({customer}, {request}, {staff}, {NOW}, '{MENTION}', gen_random_uuid())"
        ),
        format!(
            "insert into attachment (id, customer_id, request_id, event_id, position, member_id, at, name, kind, content, bytes)
             values (gen_random_uuid(), {customer}, {request},
                     (select max(id) from request_event where request_id = {request}), 1, {id}, {NOW}, '{WROTE}', 'text',
                     convert_to('{MENTION}', 'UTF8'), octet_length('{MENTION}'))"
        ),
        format!(
            "insert into attachment (id, customer_id, request_id, staff_id, at, name, kind, content, bytes)
             values (gen_random_uuid(), {customer}, {request}, {staff}, {NOW}, '{MENTION}', 'pdf', '%PDF', 4)"
        ),
        format!(
            "insert into api_token (id, customer_id, program_id, member_id, token_hash, prefix, scopes, created_at)
             select gen_random_uuid(), {customer}, min(id), {id}, sha256('t'), 'linka_1', '{{order}}', {NOW} from program"
        ),
        format!(
            "insert into program_report (request_id, customer_id, token_id, program_version, reference)
             select {request}, {customer}, id, '2026.1', '{MENTION}' from api_token"
        ),
        format!(
            "insert into program_link (id, token_id, customer_id, at, says)
             select gen_random_uuid(), id, {customer}, {NOW}, '{MENTION}' from api_token"
        ),
        format!(
            "insert into rating (intervention_id, customer_id, member_id, at, score, words)
             values ({intervention}, {customer}, {id}, {NOW}, 5, '{WROTE}')"
        ),
        format!(
            "insert into readiness_link
             select gen_random_uuid(), {customer}, a.request_id, a.id, {id}, {NOW} from appointment a where a.request_id = {request}"
        ),
        format!(
            "insert into readiness
             select a.id, {customer}, a.request_id, {id}, 'ready', {NOW} from appointment a where a.request_id = {request}"
        ),
        format!(
            "insert into contact_attempt (customer_id, request_id, staff_id, at, channel, note)
             values ({customer}, {request}, {staff}, {NOW}, 'phone', '{MENTION}')"
        ),
        format!(
            "insert into contest (customer_id, intervention_id, segment_id, member_id, at, reason, state, decided_at,
                                  staff_id, answer)
             values ({customer}, {intervention}, {segment}, {id}, {NOW}, '{WROTE}', 'rejected', {NOW}, {staff}, '{MENTION}')"
        ),
        format!(
            "insert into contest_remark (contest_id, customer_id, staff_id, at, remark)
             select max(id), {customer}, {staff}, {NOW}, '{MENTION}' from contest"
        ),
        format!(
            "insert into ceiling_consent (customer_id, intervention_id, asked_at, ceiling_minutes, answered_at, agreed,
                                          staff_id, said_by, said_at, words)
             values ({customer}, {intervention}, {NOW}, 60, {NOW}, false, {staff}, '{NAME}', {NOW}, '{WROTE}')"
        ),
        format!("update intervention set report = '{MENTION}' where id = {intervention}"),
        format!(
            "insert into segment_correction (customer_id, segment_id, at, staff_id, reason)
             values ({customer}, {segment}, {NOW}, {staff}, '{MENTION}')"
        ),
        format!(
            r#"insert into mail (customer_id, to_address, to_name, language, content, key, created_at, state, sent_at, last_error)
               values ({customer}, '{EMAIL}', '{NAME}', 'cs',
                       '{{"mail": "declined", "number": "{number}", "reason": "{WROTE}"}}', 'm1', {NOW}, 'sent', {NOW}, ''),
                      ({customer}, '{EMAIL}', '{FORMER_NAME}', 'cs',
                       '{{"mail": "declined", "reason": "{WROTE}"}}', 'm2', {NOW}, 'failed', null, '<{EMAIL}> unknown'),
                      (null, 'z@vendor.cz', 'Z', 'cs',
                       '{{"mail": "visit_missed", "number": "{number}", "contact_name": "{NAME}"}}', 'm3', {NOW}, 'sent', {NOW}, '')"#
        ),
    ] {
        world.sql(&planted).await;
    }
}

/// What is kept of her beside her requests.
pub(super) async fn plant_beside(world: &World, place: &Place, id: MemberId, login: LoginId) {
    let customer = place.customer.0;
    let contract = world.contract(place.customer, 300).await;
    for planted in [
        format!(
            "insert into contract_version (contract_id, version, customer_id, at, reason, terms)
             values ({contract}, 99, {customer}, {NOW}, '{MENTION}', '{{}}')"
        ),
        format!(
            "insert into saved_card (customer_id, member_id, stripe_customer, payment_method, brand, last4, good_through, saved_at)
             values ({customer}, {id}, '{MENTION}', 'pm_hers', '{MENTION}', '4242', '2034-12-31', {NOW})
             on conflict (customer_id) do update set member_id = excluded.member_id"
        ),
        format!(
            "insert into top_up (customer_id, member_id, agreed_at, consent, bundle_id, total, below_minutes, most_per_month, state)
             select {customer}, {id}, {NOW}, 1, min(id), 100, 30, 2, 'on' from bundle
             on conflict (customer_id) do update set member_id = excluded.member_id"
        ),
        format!(
            "insert into checkout_email (purchase_id, customer_id, member_id, email)
             select id, customer_id, {id}, '{EMAIL}' from purchase where customer_id = {customer} limit 1
             on conflict (purchase_id) do update set member_id = excluded.member_id, email = excluded.email"
        ),
        format!(
            "insert into purchase_event (customer_id, purchase_id, at, kind, member_id, note)
             select customer_id, id, created_at, 'payment_failed', {id}, '{WROTE}' from purchase"
        ),
        format!(
            "insert into payment_plan (id, customer_id, note, agreed_on, rests_until, staff_id, at, ended_at, ended_by)
             select gen_random_uuid(), {customer}, '{MENTION}', '2026-11-23', '2026-12-23', min(id), {NOW}, {NOW}, min(id) from staff"
        ),
        format!(
            "insert into inbound_mail (came_at, sha256, bytes, is_whole, state, reason, settled_at, from_name, title, said, left_out,
                                       dismissal, customer_id, member_id, decided_by)
             values ({NOW}, sha256('1'), 1, true, 'waiting', 'empty', null, '{NAME}', '{WROTE}', '{WROTE}', '{MENTION}', '',
                     {customer}, {id}, null),
                    ({NOW}, sha256('2'), 1, true, 'dismissed', 'empty', {NOW}, '{NAME}', '{MENTION}', '{MENTION}', '{MENTION}',
                     '{MENTION}', {customer}, null, (select min(id) from staff))"
        ),
        format!(
            "update customer set note = '{MENTION}', blocked_at = {NOW}, block_reason = '{MENTION}' where id = {customer}"
        ),
        format!(
            "insert into registration (id, token_hash, ico, organisation, street, city, postal_code, dic, programs, name, email, phone,
                                       created_at, expires_at)
             values (gen_random_uuid(), sha256('x'), '27408264', 'Škola', '', '', '', '', '{{1}}', '{NAME}', '{EMAIL}', '{PHONE}', {NOW},
                     {NOW} + interval '1 day')"
        ),
        format!(
            "insert into customer_contact values ({customer}, 'email', 0, '{EMAIL}', '{NAME}'),
             ({customer}, 'phone', 0, '+420377123456', '{NAME}, účtárna')"
        ),
        format!(
            "insert into computer (customer_id, name, teamviewer_id) values ({customer}, 'PC {NAME}', '123456789')"
        ),
        format!(
            "insert into remote_connection (user_key, user_name, device_key, device_name, group_name, session_code, notes,
                                            started_at, ended_at, taken_at, customer_id)
             values ('u1', 'Radek', '123456789', 'PC {NAME}', '{NAME}', '', '{MENTION}', {NOW}, {NOW}, {NOW}, {customer})"
        ),
        format!(
            r#"insert into stripe_event (id, kind, payload, received_at, readable)
               values ('evt_1', 'x', '{{"customer_email": "{EMAIL}", "lines": ["a\n{NAME}"]}}', {NOW}, true)"#
        ),
        format!(
            r#"insert into payment_alert (kind, source, at, details)
               values ('unknown_payment', 'x', {NOW}, '{{"name": "{NAME}"}}')"#
        ),
        format!(r#"insert into import_run (at, dry_run, report) values ({NOW}, true, '{{"faults": ["{EMAIL}"]}}')"#),
        // Of no customer: a search that was exported, and a payment that was set aside.
        format!(
            r#"insert into audit_entry (at, subject, row_key, label, change, before, after)
               values ({NOW}, 'audit_export', '', '{NAME}', 'insert', '{{}}', '{{}}'),
                      ({NOW}, 'bank_payment', '1', '{NAME}', 'update', '{{}}', '{{"state": "set_aside", "note": "{MENTION}"}}')"#
        ),
        format!(
            r#"insert into kept_form (id, login_id, page, problem, fields, kept_at)
               values (gen_random_uuid(), {login}, '/{NAME}', '{{"x": "{NAME}"}}', '{{"x": "{WROTE}"}}', {NOW})"#
        ),
        format!("insert into sent_form values ({login}, sha256('f'), sha256('c'), 1, {NOW}, '/{NAME}')"),
        format!(
            "insert into session
             select sha256('x'), gen_random_uuid(), {login}, {NOW}, {NOW}, {NOW}, {NOW}, 'Pípátko/1.0', sha256('b')"
        ),
        format!(
            "insert into push_device (login_id, browser, name, endpoint, p256dh, auth, added_at)
             values ({login}, sha256('b'), '{NAME}', 'https://push.example.com/{EMAIL}', decode(repeat('04', 65), 'hex'),
                     decode(repeat('04', 16), 'hex'), {NOW})"
        ),
        format!("insert into calendar_feed values ({login}, sha256('c'), false, gen_random_uuid(), {NOW})"),
        format!("insert into calendar_feed_shown values ({login}, sha256('t'), {NOW})"),
        format!("insert into sign_in_link values ({login}, sha256('k'), {NOW}, {NOW} + interval '1 hour')"),
        format!(
            "insert into address_change (login_id, email, former_token_hash, new_token_hash, made_at, expires_at)
             values ({login}, 'nova.{EMAIL}', sha256('f'), sha256('n'), {NOW}, {NOW} + interval '1 hour')"
        ),
        format!(
            r#"insert into passkey (login_id, credential_id, credential, name, made_at)
               values ({login}, 'k', '{{"key": "{NAME}"}}', '{NAME}', {NOW})"#
        ),
        format!(
            r#"insert into passkey_ceremony values (gen_random_uuid(), {login}, '{{"name": "{NAME}"}}', {NOW})"#
        ),
        format!("insert into wish (login_id, kinds, push_kinds) values ({login}, array['agreed'], '{{}}')"),
        format!(
            r#"insert into sms_message (login_id, key, content, written_at, good_until)
               values ({login}, 'x', '{{"push": "test"}}', {NOW}, {NOW})"#
        ),
        format!("insert into provider_identity values ('https://x.example', 'person-1', {login}, {NOW})"),
        format!("insert into authenticator values ({login}, '12345678901234567890', {NOW}, {NOW})"),
        format!("insert into recovery_code values ({login}, sha256('c'))"),
        format!("insert into known_device values ({login}, sha256('y'), {NOW})"),
        format!(
            "insert into sign_in_failure (subject, at, attempt, account)
             values (sha256('z'), {NOW}, gen_random_uuid(), sha256('{EMAIL}'))"
        ),
        format!("insert into sign_in_turn values (sha256('{EMAIL}'), {NOW})"),
        format!("update member set external_key = '{EMAIL}' where id = {id}"),
        format!("update login set password_hash = '$argon2id${NAME}' where id = {login}"),
    ] {
        world.sql(&planted).await;
    }
    // Something that she changed herself, from where she sat.
    let own = format!(
        "begin; set local app.origin = '{login}/192.0.2.77/2026-11-23T08:00:00Z';
         update customer set city = 'Tábor' where id = {customer}; commit"
    );
    sqlx::raw_sql(AssertSqlSafe(own)).execute(world.app.db.pool()).await.expect("a change of hers");
}
