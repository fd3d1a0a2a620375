//! CAMT.053 (ISO 20022), the banks' common XML: statements with their balances, entries, and the transactions of each.

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use super::{Direction, Statement, StatementRow, accounts, net, values};
use crate::model::{
    base::money::Money,
    money::bank::{Controls, StatementFault, StatementFormat, StatementRefused},
};

/// How deep elements may stand in one another; the standard's deepest is at half of it.
const DEEPEST: usize = 40;
/// The element in which statements are.
const STATEMENTS: &str = "BkToCstmrStmt";

/// Whether a text is such a statement.
pub fn is_camt(text: &str) -> bool {
    text.trim_start().starts_with('<') && text.contains(STATEMENTS)
}

/// All statements of a file.
pub fn read(text: &str) -> Result<Statement, StatementRefused> {
    let document = parse(text)?;
    let statements: Vec<&Element> = document
        .each(&["Document", STATEMENTS, "Stmt"])
        .into_iter()
        .chain(document.each(&[STATEMENTS, "Stmt"]))
        .collect();
    if statements.is_empty() {
        return Err(StatementRefused::new(1, StatementFault::UnknownFormat));
    }
    let (mut rows, mut unread) = (Vec::new(), Vec::new());
    let mut told = Some(Money::ZERO);
    for statement in &statements {
        told = told.zip(change(statement)).map(|(sum, change)| sum + change);
        for entry in statement.each(&["Ntry"]) {
            match rows_of(entry) {
                Ok(parts) => rows.extend(parts),
                Err(fault) => unread.push(StatementRefused::new(line_of(text, entry.at), fault)),
            }
        }
    }
    let accounts = accounts(statements.iter().map(|statement| account(statement, &["Acct"])));
    let controls = told.map(|told| Controls { told, found: net(&rows) });
    Ok(Statement { format: StatementFormat::Camt, accounts, controls, rows, unread })
}

/// By how much the balance changed: from the one at the beginning to the one that was booked at the end.
fn change(statement: &Element) -> Option<Money> {
    let balance = |wanted: &[&str]| {
        let balances = statement.each(&["Bal"]);
        let balance =
            balances.into_iter().find(|balance| wanted.contains(&balance.text(&["Tp", "CdOrPrtry", "Cd"])))?;
        signed(balance).ok()
    };
    Some(balance(&["CLBD"])? - balance(&["OPBD", "PRCD"])?)
}

/// The amount of an element with the sign that its indicator says.
fn signed(element: &Element) -> Result<Money, StatementFault> {
    let amount = values::amount(element.text(&["Amt"])).ok_or(StatementFault::BadAmount)?;
    match element.text(&["CdtDbtInd"]) {
        "CRDT" => Ok(amount),
        "DBIT" => Ok(-amount),
        _ => Err(StatementFault::BadCode),
    }
}

/// An entry as one row, or as one for each of its transactions when their amounts are its own.
fn rows_of(entry: &Element) -> Result<Vec<StatementRow>, StatementFault> {
    if !matches!(entry.text(&["Sts", "Cd"]), "" | "BOOK") || !matches!(entry.text(&["Sts"]), "" | "BOOK") {
        return Err(StatementFault::NotBooked);
    }
    let whole = signed(entry)?;
    let transactions = entry.each(&["NtryDtls", "TxDtls"]);
    let amounts: Option<Vec<Money>> = transactions.iter().map(|one| part(one)).collect();
    let sign = if whole < Money::ZERO { -1 } else { 1 };
    let parts = amounts
        .filter(|parts| parts.iter().fold(0, |sum, part| part.haler().saturating_add(sum)) == whole.haler() * sign);
    match (transactions.as_slice(), parts) {
        ([_, _, ..], Some(parts)) => transactions
            .iter()
            .zip(parts)
            .map(|(one, part)| row(entry, one, Money::from_haler(sign * part.haler()), true))
            .collect(),
        ([one], _) => Ok(vec![row(entry, one, whole, false)?]),
        _ => Ok(vec![row(entry, entry, whole, false)?]),
    }
}

/// What one of several transactions says of its amount.
fn part(transaction: &Element) -> Option<Money> {
    [&["Amt"][..], &["AmtDtls", "TxAmt", "Amt"]].into_iter().find_map(|path| values::amount(transaction.text(path)))
}

fn row(entry: &Element, one: &Element, amount: Money, is_part: bool) -> Result<StatementRow, StatementFault> {
    let day = ["Dt", "DtTm"].into_iter().map(|kind| entry.text(&["BookgDt", kind])).find(|day| !day.is_empty());
    let booked_on = values::date(day.unwrap_or_default()).ok_or(StatementFault::BadDate)?;
    let currency = entry.first(&["Amt"]).map(|amount| amount.currency.as_str()).unwrap_or_default();
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    let direction = Direction::of(amount, matches!(entry.text(&["RvslInd"]), "true" | "1"));
    let side = match direction {
        Direction::In | Direction::CreditUndone => "Dbtr",
        Direction::Out | Direction::DebitUndone => "Cdtr",
    };
    let (of_side, agent) = (format!("{side}Acct"), format!("{side}Agt"));
    let name = [&["RltdPties", side, "Nm"][..], &["RltdPties", side, "Pty", "Nm"]].map(|path| one.text(path));
    let message: Vec<&str> = one.each(&["RmtInf", "Ustrd"]).into_iter().map(|told| told.text.as_str()).collect();
    let message = values::words(&message.join(" "));
    let structured = one.each(&["RmtInf", "Strd", "CdtrRefInf", "Ref"]);
    let said = structured.iter().map(|reference| reference.text.as_str());
    let symbol = said
        .chain([one.text(&["Refs", "EndToEndId"]), message.as_str()])
        .find_map(|text| values::symbol_in(text).or_else(|| values::symbol_in_end_to_end(text)));
    let own = one.text(&["Refs", "AcctSvcrRef"]);
    let of_entry = if is_part { "" } else { entry.text(&["AcctSvcrRef"]) };
    let reference = [own, of_entry].into_iter().map(values::words).find(|reference| !reference.is_empty());
    let number = account(one, &["RltdPties", of_side.as_str()]);
    let bank = [
        &["RltdAgts", agent.as_str(), "FinInstnId", "Othr", "Id"][..],
        &["RltdAgts", agent.as_str(), "FinInstnId", "ClrSysMmbId", "MmbId"],
    ];
    let bank = bank.into_iter().map(|path| one.text(path)).find(|bank| !bank.is_empty()).unwrap_or_default();
    let is_whole =
        number.is_empty() || bank.is_empty() || number.contains('/') || number.starts_with(char::is_alphabetic);
    Ok(StatementRow {
        booked_on,
        amount,
        direction,
        currency: if is_code { currency.to_owned() } else { super::currencies::UNKNOWN.to_owned() },
        variable_symbol: symbol,
        counter_account: if is_whole { number } else { format!("{number}/{bank}") },
        counter_name: name.into_iter().map(values::words).find(|name| !name.is_empty()).unwrap_or_default(),
        message,
        bank_reference: reference,
    })
}

/// An account by its IBAN, or as the bank's country writes it.
fn account(of: &Element, path: &[&str]) -> String {
    [&["Id", "IBAN"][..], &["Id", "Othr", "Id"]]
        .into_iter()
        .map(|id| values::words(of.text(&[path, id].concat())))
        .find(|account| !account.is_empty())
        .unwrap_or_default()
}

/// An element with what is in it.
#[derive(Default)]
struct Element {
    name: String,
    currency: String,
    text: String,
    /// Where it begins, in bytes.
    at: usize,
    inside: Vec<Element>,
}

impl Element {
    fn each(&self, path: &[&str]) -> Vec<&Element> {
        path.iter().fold(vec![self], |found, name| {
            found.into_iter().flat_map(|element| &element.inside).filter(|element| element.name == *name).collect()
        })
    }

    fn first(&self, path: &[&str]) -> Option<&Element> {
        self.each(path).first().copied()
    }

    /// The text of the first element on a path; nothing without one.
    fn text(&self, path: &[&str]) -> &str {
        self.first(path).map(|element| element.text.trim()).unwrap_or_default()
    }
}

/// The document; names without their prefixes, and of the attributes the currency only.
fn parse(text: &str) -> Result<Element, StatementRefused> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or_default();
        let broken = || StatementRefused::new(line_of(text, at), StatementFault::BrokenXml);
        let depth = open.len();
        let Some(inside) = open.last_mut() else { return Err(broken()) };
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(_) if depth >= DEEPEST => return Err(broken()),
            Event::Start(start) => open.push(element(&start, at)),
            Event::Empty(start) => inside.inside.push(element(&start, at)),
            Event::Text(told) => inside.text.push_str(&told),
            Event::CData(told) => inside.text.push_str(&told),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(letter)) => inside.text.push(letter),
                Ok(None) => inside.text.push_str(resolve_predefined_entity(&reference).ok_or_else(broken)?),
                Err(_) => return Err(broken()),
            },
            Event::End(_) => {
                let closed = open.pop().ok_or_else(broken)?;
                open.last_mut().ok_or_else(broken)?.inside.push(closed);
            }
            Event::Eof if depth == 1 => return open.pop().ok_or_else(broken),
            Event::Eof => return Err(broken()),
            // No statement has one, and all that it could do is to say what else is to be read, or how often.
            Event::DocType(_) => return Err(broken()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn element(start: &BytesStart<'_>, at: usize) -> Element {
    let currency = start.try_get_attribute("Ccy").ok().flatten();
    Element {
        name: start.local_name().as_ref().to_owned(),
        currency: currency.map(|currency| currency.value.into_owned()).unwrap_or_default(),
        at,
        ..Element::default()
    }
}

/// The line on which a place of the text stands.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}
