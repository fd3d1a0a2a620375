//! Reports of connections (design, Evidence): what TeamViewer says of who was connected where and when, out of a table that somebody
//! brings or out of its interface; and whose each connection is.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{remote_sessions::SessionCode, teamviewer::FetchStanding};
use crate::model::{
    base::{
        calendar::from_local,
        ids::{AppointmentId, RemoteConnectionId},
        numbers::RequestNumber,
        paging::CountedPage,
        text::{lines, one_line, without_accents},
    },
    line::licences::keep_teamviewer_id,
    ordering::imports::{Cell, ImportFault, LineProblem, Moment, is_near},
};

/// The most characters of a name that TeamViewer has for somebody or something; what is longer is cut.
const NAME_MAX: usize = 200;
/// The most characters of a number that TeamViewer has for it.
const KEY_MAX: usize = 100;
/// The most characters of notes to a connection.
const NOTES_MAX: usize = 2_000;
/// How many lines that could not be read are told.
pub const PROBLEMS_TOLD: usize = 20;

/// What is told of a connection, before it is known to be one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ToldConnection {
    /// TeamViewer's number of it.
    pub report_id: String,
    /// Its number of who was connected.
    pub user_key: String,
    /// Who was connected.
    pub user_name: String,
    /// Its number of the computer.
    pub device_key: String,
    /// The computer.
    pub device_name: String,
    /// In which group that is.
    pub group_name: String,
    /// The code of the session.
    pub session_code: String,
    /// What was noted about it.
    pub notes: String,
    /// When it began.
    pub started: String,
    /// When it ended.
    pub ended: String,
}

/// A connection as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportedConnection {
    /// TeamViewer's number of it; a table may have none.
    pub report_id: Option<String>,
    /// Its number of who was connected.
    pub user_key: String,
    /// Who was connected.
    pub user_name: String,
    /// The number under which TeamViewer knows the computer, in digits where it is one.
    pub device_key: String,
    /// The computer.
    pub device_name: String,
    /// In which group that is.
    pub group_name: String,
    /// The code of the session; empty where the computer was connected to directly.
    pub session_code: String,
    /// What was noted about it.
    pub notes: String,
    /// When it began, to the second.
    pub started_at: DateTime<Utc>,
    /// When it ended, to the second.
    pub ended_at: DateTime<Utc>,
}

impl ToldConnection {
    /// The connection as it is kept. Names that are too long are cut: nothing that was connected is left out for them.
    ///
    /// # Errors
    /// The column that cannot be read, and why.
    pub fn keep(&self) -> Result<ReportedConnection, (&'static str, ImportFault)> {
        let started_at = moment(&self.started).map_err(|fault| ("start_date", fault))?;
        let ended_at = moment(&self.ended).map_err(|fault| ("end_date", fault))?;
        if ended_at < started_at {
            return Err(("end_date", ImportFault::EndsBeforeItBegins));
        }
        let report_id = cut(&self.report_id, KEY_MAX);
        Ok(ReportedConnection {
            report_id: (!report_id.is_empty()).then_some(report_id),
            user_key: cut(&self.user_key, NAME_MAX),
            user_name: cut(&self.user_name, NAME_MAX),
            device_key: device_key(&self.device_key),
            device_name: cut(&self.device_name, NAME_MAX),
            group_name: cut(&self.group_name, NAME_MAX),
            session_code: SessionCode::parse(&self.session_code).map(|code| code.to_string()).unwrap_or_default(),
            notes: lines(&lines(&self.notes).chars().take(NOTES_MAX).collect::<String>()),
            started_at,
            ended_at,
        })
    }
}

/// A text in one line and of some length.
fn cut(text: &str, most: usize) -> String {
    // Cleaned once more where it was cut: its last blank may have stood in the middle.
    one_line(&one_line(text).chars().take(most).collect::<String>())
}

/// The number under which TeamViewer knows a computer; some of its tables write a letter in front of it.
fn device_key(told: &str) -> String {
    let told = cut(told, KEY_MAX);
    let bare = told.strip_prefix(['d', 'r', 'D', 'R']).unwrap_or(&told);
    keep_teamviewer_id(bare).unwrap_or(told)
}

/// An instant: with its distance from Greenwich as interfaces write it, or by the clocks of Prague as tables do. A day may stand in the
/// American order where the hours of its half are told in the American way.
fn moment(told: &str) -> Result<DateTime<Utc>, ImportFault> {
    let told = one_line(told);
    if told.is_empty() {
        return Err(ImportFault::Missing);
    }
    let local = |at: NaiveDateTime| from_local(at.date(), at.time());
    let by_itself = DateTime::parse_from_rfc3339(&told).map(|at| at.to_utc()).ok();
    let in_america = || {
        ["%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p"]
            .iter()
            .find_map(|it| NaiveDateTime::parse_from_str(&told, it).ok())
    };
    let at = by_itself.or_else(|| in_america().map(local));
    let at = at.map_or_else(|| Moment::read(&told).map(|at| local(at.0)), Ok)?;
    // Programs write the year 1, or none, where they know no time; the database knows fewer years than they can write.
    let at = DateTime::from_timestamp(at.timestamp(), 0).filter(|at| is_near(at.date_naive()));
    at.ok_or(ImportFault::NotAMoment)
}

/// A column of a table of connections: by which names it is known, without accents, blanks and case.
type Column = (&'static [&'static str], fn(&mut ToldConnection) -> &mut String);

/// The columns that are read; others are left alone.
const COLUMNS: [Column; 10] = [
    (&["id", "connectionid", "idspojeni", "cislospojeni"], |it| &mut it.report_id),
    (&["userid", "iduzivatele"], |it| &mut it.user_key),
    (&["username", "user", "uzivatel", "jmenouzivatele", "technik", "technician"], |it| &mut it.user_name),
    (&["deviceid", "teamviewerid", "idzarizeni", "idpocitace", "partnerid"], |it| &mut it.device_key),
    (&["devicename", "device", "zarizeni", "nazevzarizeni", "pocitac", "nazevpocitace"], |it| &mut it.device_name),
    (&["groupname", "group", "skupina", "nazevskupiny"], |it| &mut it.group_name),
    (&["sessioncode", "code", "kodrelace", "kod"], |it| &mut it.session_code),
    (&["notes", "note", "poznamka", "poznamky"], |it| &mut it.notes),
    (&["startdate", "start", "starttime", "zacatek", "zahajeni", "datumzahajeni"], |it| &mut it.started),
    (&["enddate", "end", "endtime", "konec", "ukonceni", "datumukonceni"], |it| &mut it.ended),
];
/// Where a column stands among them without which nothing is known: when a connection began, and when it ended.
const NEEDED: [(usize, &str); 2] = [(8, "start_date"), (9, "end_date")];

/// The connections of a table, and the lines that cannot be read.
///
/// * `file` – as problems name it
#[must_use]
pub fn read_report(
    file: &str,
    header: &[String],
    rows: &[(usize, Vec<String>)],
) -> (Vec<ReportedConnection>, Vec<LineProblem>) {
    let problem =
        |line, column: &str, fault| LineProblem { file: file.to_owned(), line, column: column.to_owned(), fault };
    let plain = |name: &str| -> String {
        without_accents(name).to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
    };
    let named: Vec<String> = header.iter().map(|name| plain(name)).collect();
    // Of two columns of one meaning the first that is named so counts.
    let places = COLUMNS.map(|(names, _)| named.iter().position(|name| names.contains(&name.as_str())));
    let missing: Vec<_> = NEEDED
        .iter()
        .filter(|(column, _)| places.get(*column).copied().flatten().is_none())
        .map(|(_, name)| problem(1, name, ImportFault::MissingColumn))
        .collect();
    if !missing.is_empty() {
        return (Vec::new(), missing);
    }
    let (mut connections, mut problems) = (Vec::new(), Vec::new());
    for (line, cells) in rows {
        let mut told = ToldConnection::default();
        for ((_, field), place) in COLUMNS.iter().zip(places) {
            field(&mut told).push_str(place.and_then(|place| cells.get(place)).map_or("", String::as_str));
        }
        match told.keep() {
            Ok(connection) => connections.push(connection),
            Err((column, fault)) => problems.push(problem(*line, column, fault)),
        }
    }
    (connections, problems)
}

/// A connection in the list of those that are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionRow {
    /// The row.
    pub id: RemoteConnectionId,
    /// Who was connected, as TeamViewer calls them.
    pub user: String,
    /// The computer, as TeamViewer calls it.
    pub device: String,
    /// The number under which TeamViewer knows the computer.
    pub device_key: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// What was noted about it.
    pub notes: String,
    /// Who of ours that is.
    pub technician: Option<String>,
    /// Whose computer it is.
    pub customer: Option<String>,
    /// The request at whose agreed time it was.
    pub number: Option<RequestNumber>,
    /// The visits that it fits alike, among which people choose.
    pub choices: Vec<VisitChoice>,
    /// Whether the viewer is one of them.
    pub may_choose: bool,
}

/// A visit to which a connection may belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitChoice {
    /// Its agreed time.
    pub appointment: AppointmentId,
    /// Of which request.
    pub number: RequestNumber,
    /// When that begins.
    pub start: DateTime<Utc>,
}

/// Why a connection belongs to no visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loose {
    /// It fits visits of several requests.
    Several,
    /// Nobody of ours is called so by TeamViewer.
    Technician,
    /// No customer has the computer, or several have.
    Computer,
    /// Nothing was agreed with that customer at the time.
    Visit,
}

impl ConnectionRow {
    /// Why it belongs to no visit; none where it does.
    #[must_use]
    pub const fn loose(&self) -> Option<Loose> {
        match (&self.number, &self.technician, &self.customer) {
            (Some(_), ..) => None,
            (None, ..) if !self.choices.is_empty() => Some(Loose::Several),
            (None, None, _) => Some(Loose::Technician),
            (None, Some(_), None) => Some(Loose::Computer),
            (None, Some(_), Some(_)) => Some(Loose::Visit),
        }
    }
}

/// A table that was brought, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedReport {
    /// When it was brought.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// What the file is called.
    pub file_name: String,
    /// How many connections were new.
    pub taken: u32,
    /// How many were known already.
    pub known: u32,
    /// How many lines could not be read.
    pub wrong: u32,
    /// The first of those.
    pub problems: Vec<LineProblem>,
}

/// What `/work/connections` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionsPage {
    /// Connections, the latest first.
    pub connections: CountedPage<ConnectionRow, RemoteConnectionId>,
    /// Whether it is all of them, and not only those that belong to no visit.
    pub is_all: bool,
    /// The tables that were brought last, the latest first.
    pub imports: Vec<ImportedReport>,
    /// How asking the interface goes.
    pub fetch: FetchStanding,
    /// Whether the viewer says what technicians are called.
    pub may_set_up: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::{local, utc};

    fn table(header: &str, rows: &[&str]) -> (Vec<ReportedConnection>, Vec<LineProblem>) {
        let cells = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
        let rows: Vec<_> = rows.iter().enumerate().map(|(place, row)| (place + 2, cells(row))).collect();
        read_report("report.csv", &cells(header), &rows)
    }

    #[test]
    fn english_and_czech_headings_say_the_same() {
        let english = table(
            "id;userid;username;deviceid;devicename;groupname;start_date;end_date;fee;notes",
            &["c1;u7;Radek Novák;d123456789;PC;Školy;2026-11-23T07:02:00Z;2026-11-23T07:41:00Z;0;tisk"],
        );
        let czech = table(
            "Číslo spojení;ID uživatele;Uživatel;ID zařízení;Název zařízení;Skupina;Začátek;Konec;Poznámka",
            &["c1;u7;Radek Novák;123 456 789;PC;Školy;23. 11. 2026 8:02;23. 11. 2026 8:41:00;tisk"],
        );
        assert_eq!(english, czech);
        let (connections, problems) = english;
        assert_eq!(problems, []);
        let [one] = connections.as_slice() else { panic!("{connections:?}") };
        assert_eq!((one.started_at, one.ended_at), (local("2026-11-23 08:02"), local("2026-11-23 08:41")));
        assert_eq!((one.device_key.as_str(), one.report_id.as_deref()), ("123456789", Some("c1")));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_told_and_the_others_are_taken() {
        let (connections, problems) = table(
            "Username;Start;End",
            &[
                "a;2026-11-23 8:00;2026-11-23 8:10",
                "b;;2026-11-23 8:10",
                "c;2026-11-23 8:10;2026-11-23 8:00",
                "d;včera;dnes",
            ],
        );
        assert_eq!(connections.len(), 1);
        let told: Vec<_> = problems.iter().map(|it| (it.line, it.column.as_str(), it.fault)).collect();
        assert_eq!(
            told,
            [
                (3, "start_date", ImportFault::Missing),
                (4, "end_date", ImportFault::EndsBeforeItBegins),
                (5, "start_date", ImportFault::NotAMoment),
            ]
        );
        let (none, missing) = table("Username;Start", &["a;2026-11-23 8:00"]);
        assert!(none.is_empty());
        assert_eq!(missing[0].fault, ImportFault::MissingColumn);
    }

    #[test]
    fn instants_are_read_as_interfaces_and_tables_write_them() {
        for (told, at) in [
            ("2026-11-23T07:02:11.540Z", "2026-11-23T07:02:11Z"),
            ("2026-11-23T08:02:11+01:00", "2026-11-23T07:02:11Z"),
            ("11/23/2026 8:02:11 AM", "2026-11-23T07:02:11Z"),
            ("11/23/2026 1:02 PM", "2026-11-23T12:02:00Z"),
            ("23.11.2026 08:02:11", "2026-11-23T07:02:11Z"),
            ("2026-07-01 08:00", "2026-07-01T06:00:00Z"),
        ] {
            assert_eq!(moment(told), Ok(utc(at)), "{told}");
        }
        for wrong in
            ["8:02", "0001-01-01T00:00:00Z", "0000-12-31T23:00:00Z", "1/1/-99999 8:02 AM", "1/1/+99999 8:02 AM"]
        {
            assert_eq!(moment(wrong), Err(ImportFault::NotAMoment), "{wrong}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_kept() {
        let told = ToldConnection {
            device_name: "č".repeat(NAME_MAX + 50),
            device_key: "x".repeat(KEY_MAX + 1),
            session_code: "s12-345-678".into(),
            started: "2026-11-23T07:02:00Z".into(),
            ended: "2026-11-23T07:02:00Z".into(),
            ..ToldConnection::default()
        };
        let kept = told.keep().unwrap();
        assert_eq!((kept.device_name.chars().count(), kept.device_key.len()), (NAME_MAX, KEY_MAX));
        assert_eq!((kept.session_code.as_str(), kept.report_id), ("s12345678", None));
    }
}
