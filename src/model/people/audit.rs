//! The audit: who changed what of settings, rights, money and contracts, when and from where.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::base::{
    codes::coded_enum,
    fields::{FieldCode, keep_line},
    ids::{AuditId, CustomerId},
    paging::Page,
};

/// The most characters of what is searched for.
pub const SEARCH_MAX: usize = 100;

coded_enum! {
    /// What was changed or done: the tables that keep their changes or what people decide in them, and the [deeds](Self::DEEDS).
    pub enum AuditSubject {
        /// A customer.
        Customer = "customer",
        /// A telephone or an address of a customer.
        CustomerContact = "customer_contact",
        /// A computer of a customer.
        Computer = "computer",
        /// Which program runs on a computer.
        ComputerProgram = "computer_program",
        /// A person of a customer.
        Member = "member",
        /// A person of the vendor.
        Staff = "staff",
        /// What a technician knows.
        TechnicianSkill = "technician_skill",
        /// Whose customers a person of the vendor looks after first.
        StaffRegion = "staff_region",
        /// How somebody signs in.
        Login = "login",
        /// A link by which somebody chooses a password.
        PasswordLink = "password_link",
        /// Whose addresses sign in by another provider only.
        RequiredProvider = "required_provider",
        /// A browser in which a person of the vendor is notified.
        PushDevice = "push_device",
        /// An address at which a program is told what happens.
        WebhookEndpoint = "webhook_endpoint",
        /// An address from which somebody's calendar reads agreed times.
        CalendarFeed = "calendar_feed",
        /// A contract.
        Contract = "contract",
        /// What a contract says from a day on.
        ContractAmendment = "contract_amendment",
        /// A contract as it was signed.
        ContractFile = "contract_file",
        /// A program that a customer runs.
        Licence = "licence",
        /// A token by which such a program orders by itself.
        ApiToken = "api_token",
        /// A bundle of minutes in the shop.
        Bundle = "bundle",
        /// A subscription of minutes.
        Subscription = "subscription",
        /// What is bought when few minutes are free.
        TopUp = "top_up",
        /// A card that was saved or removed.
        SavedCard = "saved_card",
        /// Who sells, as documents say it.
        Supplier = "supplier",
        /// A rate of VAT.
        VatRate = "vat_rate",
        /// A month of VAT that is closed, or was opened again.
        VatPeriod = "vat_period",
        /// From which day on fees of contracts are invoiced here.
        FeeInvoicing = "fee_invoicing",
        /// How far a customer is credited.
        CreditLimit = "credit_limit",
        /// How a customer pays what is overdue.
        PaymentPlan = "payment_plan",
        /// A receivable that was given up.
        WriteOff = "write_off",
        /// What a reminder of payment says, and when it is sent.
        PaymentStage = "payment_stage",
        /// What follows from debts by itself.
        ReceivableRule = "receivable_rule",
        /// What numbers of documents look like.
        SeriesPattern = "series_pattern",
        /// What TeamViewer calls a technician.
        TeamviewerUser = "teamviewer_user",
        /// How long reports of connections are kept.
        TeamviewerSetting = "teamviewer_setting",
        /// How mails of the telephone exchange are known.
        VoiceSetting = "voice_setting",
        /// Money that a dispute took, came again, and was documented.
        WonBack = "won_back",
        /// A payment that was taken back from a purchase that it had paid.
        UndoneMatch = "undone_match",
        /// The notice on top of all pages.
        SiteNotice = "site_notice",
        /// What hits many customers of a program at once.
        Outage = "outage",
        /// The vendor's own words on the public page.
        PublicText = "public_text",
        /// What the vendor's own web sites show of the line.
        EmbedSetting = "embed_setting",
        /// What people say for the words of the catalogue.
        EverydayWords = "everyday_words",
        /// A program in the catalogue.
        Program = "program",
        /// A version of a program.
        ProgramVersion = "program_version",
        /// What technicians can know.
        Skill = "skill",
        /// A kind of work.
        WorkType = "work_type",
        /// A response tier.
        ResponseTier = "response_tier",
        /// A region of the line.
        LineRegion = "line_region",
        /// What is changed of the catalogue from a day on.
        CatalogueChange = "catalogue_change",
        /// The settings of the line.
        LineSetting = "line_setting",
        /// What is changed of them from a day on.
        LineSettingChange = "line_setting_change",
        /// The limits of what one may take of the line.
        LineLimit = "line_limit",
        /// A day on which the line is closed.
        Closure = "closure",
        /// When a technician works.
        WorkingPlan = "working_plan",
        /// When a technician is away, or works beside the plan.
        PlanException = "plan_exception",
        /// Money that a manager has given back.
        Refund = "refund",
        /// A credit note that came of what somebody decided.
        CreditNote = "tax_document",
        /// What is owed from before Linka.
        EarlierInvoice = "earlier_invoice",
        /// A payment of which somebody said what it pays.
        BankPayment = "bank_payment",
        /// A difference between a document and its payment that is asked for no more.
        Difference = "difference",
        /// What became of an overpayment.
        BalanceEntry = "balance_entry",
        /// A purchase that somebody of the vendor has closed.
        Purchase = "purchase",
        /// An objection that was decided.
        Contest = "contest",
        /// Where the numbers of a series begin.
        DocumentSeries = "document_series",
        /// A statement of the bank that was read in.
        BankStatement = "bank_statement",
        /// Tables of another system that were taken over.
        ImportRun = "import_run",
        /// A backup that was made.
        Backup = "backup",
        /// A backup that was put back.
        Restore = "restore",
        /// Everything of one customer, or of all, written out.
        DataExport = "data_export",
        /// What is kept of a person, handed over to that person.
        OwnData = "own_data",
        /// This audit, downloaded as a table.
        AuditExport = "audit_export",
        /// Failures to sign in that were forgotten.
        SignInLock = "sign_in_lock",
    }
}

impl AuditSubject {
    /// What is done and changes no row of its own: no table has these names.
    pub const DEEDS: &[Self] = &[Self::Restore, Self::DataExport, Self::OwnData, Self::AuditExport, Self::SignInLock];
}

coded_enum! {
    /// What became of it.
    pub enum AuditChange {
        /// It came to be.
        Insert = "insert",
        /// Something of it was changed.
        Update = "update",
        /// It is no more.
        Delete = "delete",
        /// A person was erased: of the row nobody says any more whom it was about.
        Erase = "erase",
    }
}

/// One column of what was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name in the database.
    pub column: String,
    /// What it held, as text; none where it was empty or the row is new.
    pub before: Option<String>,
    /// What it holds since; none where it is empty or the row is gone.
    pub after: Option<String>,
}

/// One change of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its identity; later entries have greater ones.
    pub id: AuditId,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Who made it, as that person was called then; none for Linka itself and for commands on the server.
    pub who: Option<String>,
    /// From which network address, where a person did it in a browser.
    pub address: Option<String>,
    /// Which customer it is about, if it is about one.
    pub customer: Option<(CustomerId, String)>,
    /// What kind of thing was changed.
    pub subject: AuditSubject,
    /// What the thing was called then; may be empty.
    pub label: String,
    /// What became of it.
    pub change: AuditChange,
    /// Its columns: those that differ, or all that held something where the thing is new or gone.
    pub fields: Vec<FieldChange>,
}

/// Which entries are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Beginnings of words in a name: of who did it and of the thing, or of the customer.
    pub search: String,
    /// Only what concerns this kind of thing.
    pub subject: Option<AuditSubject>,
}

impl AuditFilter {
    /// The filter as it is used.
    ///
    /// # Errors
    /// What is wrong with the text that is searched for.
    pub fn checked(&self) -> Result<Self, FieldCode> {
        Ok(Self { search: keep_line(&self.search, 0..=SEARCH_MAX)?, subject: self.subject })
    }
}

/// What the audit's pages show: the latest entry first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// What is searched for.
    pub filter: AuditFilter,
    /// What is wrong with it; then nothing was looked for.
    pub problem: Option<FieldCode>,
    /// The entries.
    pub entries: Page<AuditEntry, AuditId>,
}

/// What differs between two rows, column by column, in the order of their names. What is empty in both is left out.
///
/// * `before`, `after` – the columns and what they held, as text
#[must_use]
pub fn field_changes(before: Vec<(String, Option<String>)>, after: Vec<(String, Option<String>)>) -> Vec<FieldChange> {
    let mut fields: std::collections::BTreeMap<String, (Option<String>, Option<String>)> =
        before.into_iter().map(|(column, value)| (column, (value, None))).collect();
    for (column, value) in after {
        fields.entry(column).or_default().1 = value;
    }
    let said = |(column, (before, after))| FieldChange { column, before, after };
    fields.into_iter().map(said).filter(|field| field.before.is_some() || field.after.is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::{AuditFilter, FieldChange, FieldCode, SEARCH_MAX, field_changes};

    #[test]
    fn what_is_searched_for_has_an_end() {
        let search = |text: String| AuditFilter { search: text, subject: None }.checked().map(|filter| filter.search);
        assert_eq!(search("  Jana\tNová ".into()), Ok("Jana Nová".into()));
        assert_eq!(search("ž".repeat(SEARCH_MAX)), Ok("ž".repeat(SEARCH_MAX)));
        assert_eq!(search("ž".repeat(SEARCH_MAX + 1)), Err(FieldCode::TooLong));
    }

    #[test]
    fn columns_of_both_rows_stand_side_by_side() {
        let column = |name: &str, value: Option<&str>| (name.to_owned(), value.map(str::to_owned));
        let fields = field_changes(
            vec![column("name", Some("Sklad")), column("note", None), column("phone", Some("1"))],
            vec![column("name", Some("Sklad 2")), column("note", None), column("active", Some("true"))],
        );
        let expected =
            [("active", None, Some("true")), ("name", Some("Sklad"), Some("Sklad 2")), ("phone", Some("1"), None)];
        let expected = expected.map(|(column, before, after)| FieldChange {
            column: column.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        });
        assert_eq!(fields, expected);
    }
}
