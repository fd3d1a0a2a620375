//! Every address of the site that a person can have in the address bar, said once.
//!
//! A capital name is the pattern of an address, `/requests/{number}`: the router, the access table and the web server's
//! routes are made of it. The small name beside it makes the address of one thing, and takes what the thing is named by.
//! Server functions are not among them: they are named by their types.

mod patterns;
mod queries;

pub use self::{
    patterns::{placeholder, segments, values},
    queries::{
        address, board, calendar_feed, catalogue_change, catalogue_row, customer_merge_into, desk_chosen, desk_time,
        draft_step, intake_of, line_change, line_settings, live, moved_on, new_order, password, password_before,
        pattern_preview, program_link, rating, readiness, register_for, registration, sign_in_before, sign_in_code,
        sign_in_link, vat_preview,
    },
};
use super::{
    base::{
        ids::{
            AttachmentId, BundleId, ContractFileId, ContractId, CustomerId, InboundMailId, MailId, MemberId, OutageId,
            ProgramId, RegionId, ReportBlockId, RequestId, SegmentId, StaffId, WebhookId, WorkTypeId,
        },
        numbers::{InterventionRef, RequestNumber},
    },
    money::purchases::PurchaseNumber,
    work::cases::CaseAct,
};

macro_rules! paths {
    ($($(#[$doc:meta])* $pattern:ident = $path:literal $(, $name:ident($($arguments:tt)*))?;)*) => {
        $(
            $(#[$doc])*
            pub const $pattern: &str = $path;
            $(
                #[doc = concat!("The address of one thing: see [`", stringify!($pattern), "`].")]
                #[must_use]
                pub fn $name($($arguments)*) -> String {
                    // The pattern's placeholders are the arguments' names.
                    format!($path)
                }
            )?
        )*

        /// The patterns of all of them.
        pub const ALL: &[&str] = &[$($pattern),*];
    };
}

paths! {
    /// The public page of the line for visitors, and where everybody else begins.
    HOME = "/";
    /// The public page of the line, for whoever is signed in.
    LINE = "/line";
    /// Whether somebody answers, for programs on other web sites; `?lang=cs`.
    EMBED_JSON = "/embed/status.json";
    /// The same as a picture; `?lang=cs&theme=dark`.
    EMBED_SVG = "/embed/status.svg";
    /// Free times of the next days, for a frame on other web sites; `?lang=cs&theme=dark`.
    EMBED_SLOTS = "/embed/slots";
    /// Signing in.
    SIGN_IN = "/sign-in";
    /// For who cannot sign in: links by mail.
    SIGN_IN_HELP = "/sign-in/help";
    /// Where whoever signs in gives the second factor: see [`sign_in_code`].
    SIGN_IN_CODE = "/sign-in/code";
    /// Where one signs in by a passkey.
    SIGN_IN_PASSKEY = "/sign-in/passkey";
    /// The way to another provider; `?next=` where to go on.
    SIGN_IN_WITH = "/sign-in/with/{provider}", sign_in_with(provider: &str);
    /// The way back from there.
    SIGN_IN_RETURN = "/sign-in/with/{provider}/return", sign_in_return(provider: &str);
    /// Where one signs in by a link: see [`sign_in_link`].
    SIGN_IN_LINK = "/sign-in/link";
    /// Where a mailbox agrees to another address: see [`address`].
    ADDRESS = "/address";
    /// One's own account.
    ACCOUNT = "/account";
    /// Where one proves anew who one is, before what a browser that was left alone must not do.
    CONFIRM = "/account/confirm";
    /// Where one turns a second factor on.
    SECOND_FACTOR = "/account/second-factor";
    /// Where one changes the password.
    OWN_PASSWORD = "/account/password";
    /// Where one asks for another address to sign in with.
    OWN_ADDRESS = "/account/address";
    /// What a browser shows that has no connection.
    OFFLINE = "/offline";
    /// Of what whoever is signed in is told, and by which ways.
    NOTIFICATIONS = "/account/mails";
    /// Where one's own calendar is given an address from which it reads agreed times.
    OWN_CALENDAR = "/account/calendar";
    /// That address: see [`calendar_feed`].
    CALENDAR_FEED = "/calendar.ics";

    /// Addresses at which programs are told what happens.
    WEBHOOKS = "/account/webhooks";
    /// One of them, with what it was told; `?before=`.
    WEBHOOK = "/account/webhooks/{webhook}", webhook(webhook: WebhookId);

    /// All that is kept of the member who asks.
    OWN_DATA = "/account/data.zip";

    /// Where an organisation comes in that has no access yet.
    REGISTER = "/register";
    /// Where who has none orders, and comes in on the way.
    REGISTER_ORDER = "/register/order";
    /// Where the time of that is picked.
    REGISTER_TIME = "/register/order/{id}/time", register_time(id: RequestId);
    /// Where that says that a mail is on its way.
    REGISTER_SENT = "/register/sent";
    /// Where the mailed link leads.
    REGISTRATION = "/register/open";
    /// Where who has followed it reads that the organisation's own people decide.
    REGISTER_ASKED = "/register/asked";

    /// Who of the organisation may do what.
    COLLEAGUES = "/account/people";
    /// One of them; where nobody is named yet, somebody is invited.
    COLLEAGUE = "/account/people/{member}", colleague(member: MemberId);
    /// Where somebody is invited.
    NEW_COLLEAGUE = "/account/people/new";

    /// Which programs of the organisation order by themselves.
    OWN_TOKENS = "/account/programs";
    /// Where a program's signed link leads; see [`program_link`].
    FROM_PROGRAM = "/from-program";
    /// How programs order: the interface for them, described.
    DEVELOPERS = "/developers";

    /// Where a member asks for the erasure of all that.
    OWN_ERASURE = "/account/erase";
    /// Where who has asked comes out.
    ERASED = "/erased";

    /// The beginning of an order: what is wanted.
    ORDER = "/order";
    /// The first screen of a draft: what is wanted.
    DRAFT_WHAT = "/order/{id}", draft_what(id: RequestId);
    /// Where the kind of work was asked once; leads to the first screen, as the next two do.
    DRAFT_WORK_TYPE = "/order/{id}/work-type";
    /// Where it was asked once what happened.
    DRAFT_DETAILS = "/order/{id}/details";
    /// Where the urgency was asked once.
    DRAFT_URGENCY = "/order/{id}/urgency";
    /// Its second screen: when.
    DRAFT_TIME = "/order/{id}/time", draft_time(id: RequestId);
    /// Its third screen: all of it once more.
    DRAFT_CONFIRM = "/order/{id}/confirm", draft_confirm(id: RequestId);

    /// The customer's requests.
    REQUESTS = "/requests";
    /// What a customer had asked for that was merged into the reader's own; `?after=`.
    FORMER_REQUESTS = "/requests/of/{customer}", former_requests(customer: CustomerId);
    /// A request.
    REQUEST = "/requests/{number}", request(number: RequestNumber);
    /// Where its time is picked or moved.
    REQUEST_MOVE = "/requests/{number}/move", request_move(number: RequestNumber);
    /// Where one asks for an earlier time, and answers when one is held.
    REQUEST_EARLIER = "/requests/{number}/earlier", request_earlier(number: RequestNumber);
    /// Where it is cancelled.
    REQUEST_CANCEL = "/requests/{number}/cancel", request_cancel(number: RequestNumber);
    /// Where what was written is put right, and who will sit at the computer.
    REQUEST_EDIT = "/requests/{number}/edit", request_edit(number: RequestNumber);
    /// Its time as a calendar file.
    REQUEST_CALENDAR = "/requests/{number}/calendar.ics", request_calendar(number: RequestNumber);
    /// The receipt of an intervention.
    RECEIPT = "/requests/{number}/receipt/{ordinal}", receipt(InterventionRef { number, ordinal }: InterventionRef);
    /// Where one objects to it.
    RECEIPT_CONTEST = "/requests/{number}/receipt/{ordinal}/contest",
        receipt_contest(InterventionRef { number, ordinal }: InterventionRef);
    /// The receipt as PDF; `?version=1` for a former one.
    RECEIPT_PDF = "/requests/{number}/receipt/{ordinal}/receipt.pdf",
        receipt_pdf(InterventionRef { number, ordinal }: InterventionRef);

    /// What is left and where it went.
    USAGE = "/usage";
    /// Interventions, by what they were.
    USAGE_INTERVENTIONS = "/usage/interventions";
    /// The account's entries of a period.
    USAGE_STATEMENT = "/usage/statement";
    /// The contract in plain words.
    USAGE_CONTRACT = "/usage/contract";
    /// The interventions of `?year=2026` as a table.
    USAGE_CSV = "/usage/export.csv";
    /// Interventions and statement of `?year=2026` as a workbook.
    USAGE_XLSX = "/usage/export.xlsx";
    /// The entries of the period `?span=month&date=2026-11-01` as a table.
    STATEMENT_CSV = "/usage/statement.csv";

    /// The shop.
    BUNDLES = "/bundles";
    /// The form that buys a bundle.
    PURCHASE_FORM = "/bundles/{bundle}/purchase", purchase_form(bundle: BundleId);
    /// The form that subscribes to minutes.
    SUBSCRIBE = "/bundles/{bundle}/subscribe", subscribe(bundle: BundleId);
    /// The customer's subscription.
    SUBSCRIPTION = "/bundles/subscription";
    /// The way to the page on which the card that pays it is saved.
    SUBSCRIPTION_CARD = "/bundles/subscription/card";
    /// The way back from there.
    SUBSCRIPTION_CARD_RETURN = "/bundles/subscription/card/return";
    /// Minutes that are bought when few are free.
    TOP_UP = "/bundles/top-up";
    /// The saved card, and where it is removed.
    SAVED_CARD = "/bundles/card";
    /// The way to the page on which the card for that is saved.
    TOP_UP_CARD = "/bundles/top-up/card";
    /// The way back from there.
    TOP_UP_CARD_RETURN = "/bundles/top-up/card/return";
    /// A purchase.
    PURCHASE = "/bundles/purchases/{number}", purchase(number: PurchaseNumber);
    /// Where it is cancelled.
    PURCHASE_CANCEL = "/bundles/purchases/{number}/cancel", purchase_cancel(number: PurchaseNumber);
    /// The way to the page on which it is paid by card.
    PURCHASE_PAY = "/bundles/purchases/{number}/pay", purchase_pay(number: PurchaseNumber);
    /// The way back from there.
    PURCHASE_RETURN = "/bundles/purchases/{number}/return", purchase_return(number: PurchaseNumber);
    /// Where Stripe tells what happened.
    STRIPE_WEBHOOK = "/webhooks/stripe";

    /// Where programs ask.
    API = "/api/v1";
    /// What they can ask there, for programs to read.
    API_DOCUMENT = "/api/v1/openapi.json";
    /// What can be ordered.
    API_WORK_TYPES = "/api/v1/work-types";
    /// When somebody could connect.
    API_SLOTS = "/api/v1/slots";
    /// What was ordered; and where a program orders.
    API_REQUESTS = "/api/v1/requests";
    /// One of these.
    API_REQUEST = "/api/v1/requests/{number}";
    /// Where a file for it is sent.
    API_ATTACHMENTS = "/api/v1/requests/{number}/attachments";
    /// Where a message about it is sent.
    API_MESSAGES = "/api/v1/requests/{number}/messages";
    /// Where a time is held for it.
    API_HOLD = "/api/v1/requests/{number}/hold";
    /// Where what is held is agreed.
    API_CONFIRM = "/api/v1/requests/{number}/confirm";
    /// Where it is given another time.
    API_MOVE = "/api/v1/requests/{number}/move";
    /// Where it is called off.
    API_CANCEL = "/api/v1/requests/{number}/cancel";
    /// Which minutes are left.
    API_BALANCE = "/api/v1/balance";
    /// What minutes were used for.
    API_USAGE = "/api/v1/usage";
    /// Documents with their payment.
    API_DOCUMENTS = "/api/v1/documents";

    /// Former addresses: purchases were called orders. The pages of one.
    FORMER_PURCHASE = "/bundles/orders/{*rest}";
    /// The form that buys a bundle.
    FORMER_PURCHASE_FORM = "/bundles/{bundle}/order";
    /// Purchases of all customers.
    FORMER_SALES_PURCHASES = "/sales/orders";
    /// A purchase as managers see it.
    FORMER_SALES_PURCHASE = "/sales/orders/{*rest}";

    /// Tax documents.
    DOCUMENTS = "/documents";
    /// What was charged and paid from one day to another.
    ACCOUNT_STATEMENT = "/documents/statement";
    /// The same on paper: `?from=2026-01-01&until=2026-11-23`.
    ACCOUNT_STATEMENT_PDF = "/documents/statement.pdf";
    /// The same as a table.
    ACCOUNT_STATEMENT_CSV = "/documents/statement.csv";
    /// All of a year: `/documents/2026.zip`.
    DOCUMENT_ARCHIVE = "/documents/{archive}", document_archive(archive: &str);
    /// How a document is paid.
    DOCUMENT_PAYMENT = "/documents/{number}/payment", document_payment(number: &str);
    /// A tax document for people.
    DOCUMENT_PDF = "/documents/{number}/document.pdf", document_pdf(number: &str);
    /// The same for programs.
    DOCUMENT_ISDOC = "/documents/{number}/document.isdoc", document_isdoc(number: &str);

    /// The technicians' day beside what waits; `?date=`, `?request=`, `?view=week`; a telephone exchange opens `?phone=`.
    BOARD = "/desk";
    /// What waits at the desk; `?part=` one lane, `mine` or `resting`.
    QUEUE = "/desk/queue";
    /// Appointments as a list: everybody's, or a technician's own.
    APPOINTMENTS = "/desk/appointments";
    /// Whoever calls: `?search=`, `?phone=` or `?customer=`.
    INTAKE = "/desk/new";
    /// Mails that came to the line: those that wait, or `?state=`; `?after=`.
    MAIL_IN = "/desk/mail-in";
    /// One of them; `?search=` and `?customer=` for whose it may be.
    INBOUND_MAIL = "/desk/mail-in/{came}", inbound_mail(came: InboundMailId);
    /// It in the bytes in which it came.
    INBOUND_RAW = "/desk/mail-in/{came}/message.eml", inbound_raw(came: InboundMailId);
    /// What somebody spoke to the answering machine.
    INBOUND_AUDIO = "/desk/mail-in/{came}/audio", inbound_audio(came: InboundMailId);
    /// A request as the desk sees it.
    DESK_REQUEST = "/desk/requests/{number}", desk_request(number: RequestNumber);
    /// Where the desk does something with it.
    DESK_ACT = "/desk/requests/{number}/{act}", desk_act(number: RequestNumber, act: CaseAct);
    /// What hits many customers at once.
    OUTAGES = "/desk/outages";
    /// Where one is written down; the names of its query are the boxes of the requests that are to belong to it.
    NEW_OUTAGE = "/desk/outages/new";
    /// One of them.
    OUTAGE = "/desk/outages/{outage}", outage(outage: OutageId);
    /// What its end means, and ending it.
    OUTAGE_END = "/desk/outages/{outage}/end", outage_end(outage: OutageId);
    /// Where whoever has the mail of a receipt says what the work was like.
    RATING = "/rating";
    /// Where whoever has the mail of a time that begins soon says that everything is ready: see [`readiness`].
    READINESS = "/ready";
    /// Objections that wait for a decision.
    CONTESTS = "/desk/contests";
    /// Objections that were decided; `?search=` a request or a customer.
    DECIDED_CONTESTS = "/desk/contests/decided";
    /// Agreed times that cannot stay as they are, with another place for each.
    DISPLACED = "/desk/displaced";
    /// Who of the technicians is not there today.
    ABSENT = "/desk/absent";
    /// Agreed times that we missed, until there is another one.
    MISSED = "/desk/missed";
    /// The list of customers.
    CUSTOMERS = "/desk/customers";
    /// Customers that came in by themselves, and people who ask for access.
    NEWCOMERS = "/desk/newcomers";
    /// Where a customer is added.
    NEW_CUSTOMER = "/desk/customers/new";
    /// A customer.
    CUSTOMER = "/desk/customers/{customer}", customer(customer: CustomerId);
    /// What is kept of a customer, to be changed.
    CUSTOMER_EDIT = "/desk/customers/{customer}/edit", customer_edit(customer: CustomerId);
    /// All that a customer has asked for; `?before=`.
    CUSTOMER_REQUESTS = "/desk/customers/{customer}/requests", customer_requests(customer: CustomerId);
    /// Where a customer is merged into another one; `?search=`, then `?into=`.
    CUSTOMER_MERGE = "/desk/customers/{customer}/merge", customer_merge(customer: CustomerId);
    /// The programs that a customer runs, and its computers.
    CUSTOMER_PROGRAMS = "/desk/customers/{customer}/programs", customer_programs(customer: CustomerId);
    /// Which of them order by themselves.
    CUSTOMER_TOKENS = "/desk/customers/{customer}/tokens", customer_tokens(customer: CustomerId);
    /// A person of a customer.
    MEMBER = "/desk/customers/{customer}/people/{member}", member(customer: CustomerId, member: MemberId);
    /// Where a person of a customer is erased.
    MEMBER_ERASURE = "/desk/customers/{customer}/people/{member}/erase",
        member_erasure(customer: CustomerId, member: MemberId);
    /// Where what a contract says is changed from a day on.
    CONTRACT_AMEND = "/desk/customers/{customer}/contract/{contract}/amend",
        contract_amend(customer: CustomerId, contract: ContractId);
    /// What was signed of a contract, for the desk and for the customer.
    CONTRACT_FILE = "/contracts/{contract}/files/{file}", contract_file(contract: ContractId, file: ContractFileId);
    /// A file that goes with a message about a request, for the desk and for the customer.
    ATTACHMENT = "/attachments/{attachment}", attachment(attachment: AttachmentId);
    /// Where a contract is written.
    NEW_CONTRACT = "/desk/customers/{customer}/contract/new", new_contract(customer: CustomerId);
    /// A contract of a customer, to be changed.
    CONTRACT = "/desk/customers/{customer}/contract/{contract}", contract(customer: CustomerId, contract: ContractId);
    /// What the line achieves; `?from=2026-09-01&until=2026-11-30&step=month`.
    FIGURES = "/desk/figures";
    /// The same as a table.
    FIGURES_CSV = "/desk/figures/export.csv";
    /// The same as a workbook.
    FIGURES_XLSX = "/desk/figures/export.xlsx";
    /// Mails in trouble.
    DESK_MAILS = "/desk/mails";

    /// What is sold, owed and paid.
    SALES = "/sales";
    /// Bank statements, and payments that wait for a decision.
    SALES_BANK = "/sales/bank";
    /// Overpayments and differences, `?customer=12`, `?document=2026300001`, `?decision=assigned:7`.
    SALES_BALANCES = "/sales/balances";
    /// Purchases of all customers.
    SALES_PURCHASES = "/sales/purchases";
    /// A purchase as managers see it.
    SALES_PURCHASE = "/sales/purchases/{number}", sales_purchase(number: PurchaseNumber);
    /// A payment that is taken back from what it had paid; `?payment=7`.
    SALES_UNMATCH = "/sales/unmatch";
    /// What is owed past its due day, by customer and age.
    SALES_RECEIVABLES = "/sales/receivables";
    /// What a customer owes, and what was decided about it.
    SALES_RECEIVABLE = "/sales/receivables/{customer}", sales_receivable(customer: CustomerId);
    /// What is owed past its due day as a table.
    SALES_RECEIVABLES_CSV = "/sales/receivables.csv";
    /// What reminders of payment say, and when they are sent.
    SALES_REMINDERS = "/sales/reminders";
    /// What is to be invoiced for contracts themselves, and what was; `?from=2027-01-01` tries another first day.
    SALES_FEES = "/sales/fees";
    /// The accountant's month; `?from=2026-10-01&until=2026-10-31&by=tax`.
    SALES_ACCOUNTING = "/sales/accounting";
    /// The same as a workbook.
    SALES_ACCOUNTING_XLSX = "/sales/accounting/export.xlsx";
    /// Its documents as a table.
    SALES_ACCOUNTING_CSV = "/sales/accounting/export.csv";
    /// Its tax documents for POHODA.
    SALES_ACCOUNTING_POHODA = "/sales/accounting/pohoda.xml";
    /// Its tax documents for Money S3.
    SALES_ACCOUNTING_MONEY_S3 = "/sales/accounting/money-s3.xml";
    /// Its documents as ISDOC, in one archive.
    SALES_ACCOUNTING_ISDOC = "/sales/accounting/isdoc.zip";
    /// The purchases that were paid as a table, those whose tax day lies in `?year=2026`.
    SALES_CSV = "/sales/export.csv";

    /// What the vendor has set, and what is missing.
    SETTINGS = "/settings";
    /// Who sells.
    SETTINGS_COMPANY = "/settings/company";
    /// Mail, cards, and the address of the portal.
    SETTINGS_CONNECTIONS = "/settings/connections";
    /// Rates of VAT.
    SETTINGS_VAT = "/settings/vat";
    /// Where the numbers of documents begin.
    SETTINGS_SERIES = "/settings/series";
    /// What one customer may have of what everybody shares.
    SETTINGS_LIMITS = "/settings/limits";
    /// The notice on top of all pages.
    SETTINGS_NOTICE = "/settings/notice";
    /// The vendor's own words on the public page.
    SETTINGS_TEXT = "/settings/text";
    /// How mails of the telephone exchange are known; `?tried=` a header of one.
    VOICE_SETTINGS = "/settings/voice";
    /// What TeamViewer calls technicians, and how long its reports are kept.
    TEAMVIEWER_SETTINGS = "/settings/teamviewer";
    /// What the vendor's own web sites show of the line.
    SETTINGS_EMBED = "/settings/embed";
    /// What people say for the words of the catalogue.
    SETTINGS_WORDS = "/settings/words";
    /// The vendor's people.
    STAFF = "/settings/staff";
    /// One of them.
    STAFF_PERSON = "/settings/staff/{person}", staff_person(person: StaffId);
    /// Who changed what; `?search=` a name, `?subject=contract`, `?before=` an entry.
    AUDIT = "/settings/audit";
    /// The same as a table.
    AUDIT_CSV = "/settings/audit/export.csv";
    /// Who changed what of one's own organisation.
    OWN_AUDIT = "/account/changes";
    /// Where somebody is let go; `?from=2026-12-01` from which day on.
    STAFF_LEAVE = "/settings/staff/{person}/leave", staff_leave(person: StaffId);
    /// When technicians work.
    PLANS = "/settings/plans";
    /// When one of them does.
    PLAN = "/settings/plans/{person}", plan(person: StaffId);
    /// When the line is closed.
    CLOSURES = "/settings/closures";
    /// The programs that can be ordered for.
    PROGRAMS = "/settings/programs";
    /// One of them.
    PROGRAM = "/settings/programs/{program}", program(program: ProgramId);
    /// The kinds of work that can be ordered, and the skills that they take.
    WORK_TYPES = "/settings/work-types";
    /// One of them, or [`NEW_WORK_TYPE`].
    WORK_TYPE = "/settings/work-types/{work_type}", work_type(work_type: WorkTypeId);
    /// What a change of one would bring, by its query: see [`catalogue_change`].
    WORK_TYPE_CHANGE = "/settings/work-types/{work_type}/change", work_type_change(work_type: WorkTypeId);
    /// A skill.
    SKILL = "/settings/skills/{skill}", skill(skill: &str);

    /// The response tiers.
    TIERS = "/settings/tiers";
    /// One of them.
    TIER = "/settings/tiers/{tier}", tier(tier: &str);
    /// What a change of one would bring, by its query: see [`catalogue_change`].
    TIER_CHANGE = "/settings/tiers/{tier}/change", tier_change(tier: &str);
    /// The bundles that are sold.
    BUNDLE_SETTINGS = "/settings/bundles";
    /// One of them.
    BUNDLE_SETTING = "/settings/bundles/{bundle}", bundle_settings(bundle: BundleId);
    /// The regions and the numbers to call.
    REGIONS = "/settings/regions";
    /// One of them.
    REGION = "/settings/regions/{region}", region(region: RegionId);
    /// What a change of one would bring, by its query: see [`catalogue_change`].
    REGION_CHANGE = "/settings/regions/{region}/change", region_change(region: RegionId);
    /// How the line works.
    LINE_SETTINGS = "/settings/line";
    /// What a change of that would bring, by its query: see [`line_change`].
    LINE_CHANGE = "/settings/line/change";
    /// What an intervention costs.
    PRICE_SETTINGS = "/settings/prices";
    /// What a change of that would bring, by its query: see [`line_change`].
    PRICE_CHANGE = "/settings/prices/change";

    /// When the last backup was made.
    BACKUPS = "/settings/backup";
    /// Taking over tables of another system.
    IMPORT = "/settings/import";
    /// Where a password is chosen, by a link: see [`password`].
    PASSWORD = "/password";

    /// By which other providers people sign in, and for whom that is the only way.
    SETTINGS_SIGN_IN = "/settings/sign-in";

    /// The technician's day.
    WORK = "/work";
    /// Objections to the technician's own segments.
    OWN_CONTESTS = "/work/contests";
    /// The technician's own blocks of text for reports.
    REPORT_BLOCKS = "/work/texts";
    /// One of them, or [`NEW_REPORT_BLOCK`].
    REPORT_BLOCK = "/work/texts/{block}", report_block(block: ReportBlockId);
    /// What TeamViewer says of connections; `?all=true` also of those that belong to a visit.
    CONNECTIONS = "/work/connections";
    /// The workbench of a request.
    WORKBENCH = "/work/{number}", workbench(number: RequestNumber);
    /// Where it is opened again once it is closed.
    REOPENING = "/work/{number}/reopening", reopening(number: RequestNumber);
    /// A segment of its time, to be corrected.
    SEGMENT = "/work/{number}/segments/{segment}", segment(number: RequestNumber, segment: SegmentId);
    /// The same, to be split into two.
    SEGMENT_SPLIT = "/work/{number}/segments/{segment}/split", segment_split(number: RequestNumber, segment: SegmentId);

    /// What an open page is told: see [`live`].
    LIVE = "/live";

    /// The mails that the demo wrote instead of sending them.
    DEMO_MAILS = "/mails";
    /// One of them as a mail program shows it.
    DEMO_MAIL = "/mails/{id}", demo_mail(id: MailId);
    /// Its text.
    DEMO_MAIL_TEXT = "/mails/{id}/text";
    /// The whole message.
    DEMO_MAIL_MESSAGE = "/mails/{id}/message.eml";
    /// Every component in every state, in the demo.
    GALLERY = "/gallery";
}

/// The numbers to call, on the public page of the line.
pub const NUMBERS: &str = "/#numbers";
/// The customer's purchases, on the page of the shop.
pub const PURCHASES: &str = "/bundles#purchases";

/// Where a block of text is added.
pub const NEW_REPORT_BLOCK: &str = "/work/texts/new";
/// Where a kind of work is added.
pub const NEW_WORK_TYPE: &str = "/settings/work-types/new";

/// Where a person of a customer is added.
#[must_use]
pub fn new_member(customer: CustomerId) -> String {
    format!("/desk/customers/{customer}/people/new")
}

/// Where a segment is added that the clock did not measure.
#[must_use]
pub fn new_segment(number: RequestNumber) -> String {
    format!("/work/{number}/segments/new")
}
