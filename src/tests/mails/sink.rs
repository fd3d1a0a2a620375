//! A real mail server (aiosmtpd) that keeps what it takes, and what Python's `email` and `icalendar` read in it.

use std::{
    io::{BufRead, BufReader},
    path::Path,
};

use linka::{
    model::{
        base::ids::{MailId, MemberId},
        mails::{AppointmentMail, MailContent, MailRow},
        ordering::offers::Slot,
        people::members::StaffRole,
    },
    server::{
        app::App,
        auth::{Caller, Person},
        db::mails,
        jobs,
        mail::{Mailer, Transport},
        service,
    },
};
use serde::Deserialize;
use tempfile::TempDir;

use crate::support::{BASE_URL, Place, Running, World, ask_python, at};

/// A mail server.
pub struct Sink {
    directory: TempDir,
    port: u16,
    _server: Running,
}

impl Sink {
    /// Starts one on a free port.
    pub fn start() -> Self {
        let directory = TempDir::new().expect("a directory");
        let (server, output) = Running::start("smtp_sink.py", directory.path());
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("a line");
        Self { directory, port: line.trim().parse().expect("a port"), _server: server }
    }

    /// A mailer that sends there.
    pub fn mailer(&self) -> Mailer {
        let server = Transport::smtp(&format!("smtp://127.0.0.1:{}", self.port)).expect("a transport");
        Mailer::new(server, "Linka – zákaznická linka <linka@example.com>".parse().expect("a sender"), BASE_URL)
    }

    /// What arrived, in order.
    pub fn mails(&self) -> Vec<Received> {
        read(self.directory.path())
    }
}

/// Reads every message of a directory.
pub fn read(directory: &Path) -> Vec<Received> {
    serde_json::from_value(ask_python("read_mails.py", directory)).expect("mails")
}

/// A mail as it was read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Received {
    pub headers: Vec<String>,
    pub from: String,
    pub to: String,
    pub to_name: String,
    pub subject: String,
    pub date: String,
    pub message_id: String,
    pub auto_submitted: String,
    #[serde(rename = "type")]
    pub content_type: String,
    pub parts: Vec<String>,
    pub defects: Vec<String>,
    pub text: String,
    /// The words of the HTML part.
    pub html: String,
    pub links: Vec<String>,
    /// Numbers to call by a tap.
    pub phones: Vec<String>,
    pub elements: Vec<String>,
    pub event: Option<Event>,
    pub files: Vec<File>,
    /// What the HTML shows out of the message itself.
    pub pictures: Vec<Picture>,
}

/// A picture within a mail, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Picture {
    pub id: String,
    #[serde(rename = "type")]
    pub content_type: String,
}

/// A file that goes with a mail, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct File {
    pub name: String,
    #[serde(rename = "type")]
    pub content_type: String,
    pub sha256: String,
}

/// A calendar event as it was read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Event {
    pub part_method: String,
    pub method: String,
    pub version: String,
    pub uid: String,
    pub sequence: u32,
    pub start: String,
    pub end: String,
    pub status: String,
    pub summary: String,
    pub description: String,
    pub location: String,
    pub url: String,
    pub organizer: String,
    pub organizer_name: String,
    pub attendee: String,
    pub attendee_name: String,
    pub partstat: String,
    pub errors: Vec<String>,
}

/// A world that sends to a mail server.
pub async fn world(pool: sqlx::PgPool) -> (World, Sink) {
    let sink = Sink::start();
    let mut world = World::new(pool).await;
    world.app.mail = sink.mailer();
    world.technicians(2, "07:00", "15:30").await;
    (world, sink)
}

/// Does the jobs that are due.
pub async fn run_due(app: &App) {
    jobs::run_due(app).await.expect("the queue");
}

/// Lets no job wait for its next try: the queue counts its pauses by the database's clock, which no test turns.
pub async fn hurry(world: &World) {
    world.sql("update graphile_worker._private_jobs set run_at = now()").await;
}

/// Writes a mail to a member, as the system does.
pub async fn write(world: &World, member: MemberId, content: &MailContent, key: &str) {
    let mut tx = world.app.db.system().await.expect("a transaction");
    mails::to_member(&mut tx, member, content, world.app.clock.now(), key).await.expect("a mail");
    tx.commit().await.expect("a commit");
}

/// Who a caller is.
pub fn member_id(caller: &Caller) -> MemberId {
    caller.member().expect("a member").id()
}

/// Gives a caller another address.
pub async fn readdress(world: &World, caller: &Caller, address: &str) {
    let Person::Member { id, .. } = &caller.session().expect("a session").person else {
        panic!("not a member");
    };
    world.sql(&format!("update login set email = '{address}' where member_id = {id}")).await;
}

/// What staff see of mails in trouble.
pub async fn troubled(world: &World) -> Vec<MailRow> {
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("the desk");
    service::mails::troubled(&world.app, &desk, None).await.expect("a list").mails.page.rows
}

/// Has staff send a mail again.
pub async fn resend(world: &World, mail: MailId) -> Result<(), linka::model::problem::Problem> {
    let desk = world.staff(StaffRole::Manager).await.desk().expect("the desk");
    service::mails::resend(&world.app, &desk, mail).await
}

/// A time on Wednesday, 8:00–8:45.
pub fn appointment() -> AppointmentMail {
    AppointmentMail {
        number: "2026-000123".parse().expect("a number"),
        uid: "018f8f6e-7b1c-7c3a-9d2e-5b6a7c8d9e0f@linka".into(),
        sequence: 3,
        slot: Slot { start: at("2026-11-25T08:00:00+01:00"), end: at("2026-11-25T08:45:00+01:00") },
        program: "Sklad".into(),
        work_type: "Oprava".into(),
        contact_name: "Žofie Řeháková".into(),
        contact_phone: "601 234 567".into(),
        cut_off: Some(at("2026-11-24T13:30:00+01:00")),
        estimate: None,
        reason: String::new(),
    }
}

/// Agrees with a customer on the time of [`appointment()`].
pub async fn agree(world: &World, place: &Place) {
    let (member, customer, it) = (member_id(&place.boss), place.customer, appointment());
    let (program, work_type, number, sequence) = (world.program, world.repair, it.number, it.sequence);
    let (start, end) = (it.slot.start.to_rfc3339(), it.slot.end.to_rfc3339());
    world
        .sql(&format!(
            "with request as (
                 insert into service_request (id, customer_id, member_id, number, state, program_id, work_type_id, urgency,
                     what_happened, contact_name, contact_phone, ready, created_at, submitted_at, sequence)
                 values (gen_random_uuid(), {customer}, {member}, '{number}', 'scheduled', {program}, {work_type}, 'normal',
                     'Nejde tisk.', 'Jana', '+420601234567', true, now(), now(), {sequence})
                 returning id)
             insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
             select {customer}, request.id, (select min(id) from staff), tstzrange('{start}', '{end}'), 'normal', 'confirmed'
             from request"
        ))
        .await;
}

/// With ordinary spaces, so that expectations can be read.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
