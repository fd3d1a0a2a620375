//! `/desk/new`: who calls, and what they say.

use chrono::SecondsFormat;
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    api,
    model::{
        base::{
            fields::{FieldCode, keep_ico},
            ids::CustomerId,
            seen::SEEN_FIELD,
            terms::Urgency,
        },
        line::catalogue::Program,
        paths,
        people::customers::Standing,
        problem::Problem,
        work::{
            cases::{FoundCustomer, OpenRequest},
            consequences::Target,
            intake::{CallerCard, FOUND_MAX, IntakePage as Intake, QUEUE, TimeToAgree, means_field, same_end},
        },
    },
    ui::{
        self,
        components::{
            Badge, ButtonKind, EmptyState, Endpoint, Form, Hidden, MailToCome, Notice, NoticeKind, Page, RadioCards,
            RadioOption, SelectField, Submit, SummaryList, SummaryRow, TextArea, TextField, WhenUrgent, Width,
            error_text, loaded,
        },
        format,
        islands::phone_in_groups,
        pages::{ordering::outages::known::KnownOutages, words::capitalized, work::mail_in::player},
        texts::{Locale, named, t},
    },
};

/// Whoever calls, found by the address.
#[component]
pub fn IntakePage() -> impl IntoView {
    let value = |name| ui::query_value(name).unwrap_or_default();
    let (search, phone) = (value("search"), value("phone"));
    let customer = ui::query_value("customer").and_then(|id| id.parse().ok());
    // A form that came back has the times of the work that was chosen in it.
    let work_type = ui::forms::field_value("work_type", &value("work")).parse().ok();
    loaded(
        async move {
            let page = api::work::intake::intake_page(search, phone, customer, work_type).await?;
            Ok::<_, Problem>((page, api::ordering::requests::form_key().await?))
        },
        |(page, key)| view! { <IntakeView page key/> },
    )
}

#[component]
fn IntakeView(page: Intake, key: Uuid) -> impl IntoView {
    let Intake { search, found, request, caller, phone, programs } = page;
    let title = caller.as_ref().map_or_else(|| t!("intake-title"), |caller| caller.name.clone());
    // Who was written in at the telephone may have none yet.
    let ico = caller.as_ref().map(|caller| caller.ico.as_str()).filter(|ico| !ico.is_empty());
    let lead = ico.map(|ico| t!("customer-ico", ico = ico)).unwrap_or_default();
    let to_request = request.map(|number| {
        view! {
            <p>
                <a class="whole" href=paths::desk_request(number)>{t!("missed-open", number = number.to_string())}</a>
            </p>
        }
    });
    let spoken = ui::query_value("voice").and_then(|voice| voice.parse().ok()).map(player);
    let others = (found.len() > 1).then(|| found_list(found, &phone));
    let is_asked = !search.is_empty() || !phone.is_empty();
    let content = match caller {
        Some(caller) => view! { <Card caller phone=phone.clone() key/> }.into_any(),
        None if is_asked && others.is_none() => view! {
            <EmptyState title=t!("intake-nobody")>
                <p>{t!("intake-nobody-help")}</p>
            </EmptyState>
            <NewOrganisation search=search.clone() phone=phone.clone() programs key/>
        }
        .into_any(),
        None => ().into_any(),
    };
    let shown = if search.is_empty() { phone } else { search };
    view! {
        <Page title lead width=Width::Full>
            <form method="get" action=paths::INTAKE role="search" class="search">
                <label for="intake-search">{t!("intake-search")}</label>
                <p class="field-hint" id="intake-search-hint">{t!("intake-search-hint")}</p>
                <div class="search-line">
                    <input
                        class="input"
                        type="search"
                        id="intake-search"
                        name="search"
                        value=shown
                        aria-describedby="intake-search-hint"
                    />
                    <button type="submit" class="button button-secondary">
                        {t!("customers-find")}
                    </button>
                </div>
            </form>
            {spoken}
            {to_request}
            {others}
            {content}
        </Page>
    }
}

/// Several who may be meant.
fn found_list(found: Vec<FoundCustomer>, phone: &str) -> impl IntoView + use<> {
    let is_cut = found.len() >= FOUND_MAX;
    let more = is_cut.then(|| view! { <p>{t!("intake-found-more", shown = FOUND_MAX)}</p> });
    let links = found
        .into_iter()
        .map(|one| {
            let mut query = vec![("customer", one.customer.to_string())];
            query.extend((!phone.is_empty()).then(|| ("phone", phone.to_owned())));
            query.extend(ui::query_value("voice").map(|voice| ("voice", voice)));
            let why =
                [one.ico, one.because].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            view! {
                <li>
                    <a href=ui::with_query(paths::INTAKE, &query)>
                        <strong>{one.name}</strong>
                        <span>{why}</span>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="contest-list" aria-label=t!("intake-found")>
            <ul class="found-list">{links}</ul>
            {more}
        </nav>
    }
}

/// What they have, and the form for what they say.
#[component]
fn Card(caller: CallerCard, phone: String, key: Uuid) -> impl IntoView {
    let locale = Locale::current();
    let programs = caller.programs.iter().map(|program| named(&program.name)).collect::<Vec<_>>().join(", ");
    let open = if caller.open.is_empty() {
        view! { <p>{t!("intake-open-none")}</p> }.into_any()
    } else {
        let rows = caller.open.iter().map(open_request).collect::<Vec<_>>();
        view! { <ul class="open-requests">{rows}</ul> }.into_any()
    };
    let customer = caller.customer;
    let free = format::minutes(locale, caller.free_minutes);
    let tier = named(&caller.tier);
    let outages = caller.outages.clone();
    let (newcomer, said) = match why_nothing_is_written(&caller.standing) {
        Some(why) => (None, why.into_any()),
        None => {
            let is_known = caller.people.iter().any(|person| same_end(&person.phone, &phone));
            // Nobody can be written down without a person; and whoever calls from a number that is nobody's may be new.
            let open = caller.people.is_empty() || (!phone.is_empty() && !is_known);
            let newcomer = view! { <NewPerson customer phone=phone.clone() open key/> };
            (Some(newcomer), view! { <Said caller phone key/> }.into_any())
        }
    };
    view! {
        <div class="case">
            <div class="case-main">
                <KnownOutages outages/>
                {said}
            </div>
            <div class="case-aside">
                {newcomer}
                <section class="card" aria-labelledby="caller">
                    <h2 id="caller">{t!("intake-caller")}</h2>
                    <SummaryList>
                        <SummaryRow term=t!("intake-free")>{free}</SummaryRow>
                        <SummaryRow term=t!("customers-column-tier")>{tier}</SummaryRow>
                        <SummaryRow term=t!("intake-programs")>{programs}</SummaryRow>
                    </SummaryList>
                    <p>
                        <a href=paths::customer(customer)>{t!("intake-customer")}</a>
                    </p>
                </section>
                <section class="card" aria-labelledby="open">
                    <h2 id="open">{t!("intake-open")}</h2>
                    {open}
                </section>
            </div>
        </div>
    }
}

/// Why nothing can be written down for a customer, if so.
fn why_nothing_is_written(standing: &Standing) -> Option<impl IntoView + use<>> {
    let (title, reason, help) = match (&standing.block, standing.active) {
        (_, false) => (t!("intake-former"), None, t!("intake-former-help")),
        (Some(block), true) => (t!("intake-blocked"), Some(block.reason.clone()), t!("intake-blocked-help")),
        (None, true) => return None,
    };
    Some(view! {
        <Notice kind=NoticeKind::Problem title>
            {reason.map(|reason| view! { <p>{reason}</p> })}
            <p>{help}</p>
        </Notice>
    })
}

fn open_request(request: &OpenRequest) -> impl IntoView + use<> {
    let start = request.start.map(|start| format!(" · {}", format::on(Locale::current(), start, ui::now())));
    let about = format!("{} · {}", named(&request.program), named(&request.work_type));
    view! {
        <li>
            <a class="whole" href=paths::desk_request(request.number)>{request.number.to_string()}</a>
            " " <Badge state=request.state/>
            <span class="table-note">{about} {start}</span>
        </li>
    }
}

/// What they say: one form, which ends with a time or in the queue.
#[component]
fn Said(caller: CallerCard, phone: String, key: Uuid) -> impl IntoView {
    let calls = caller.people.iter().find(|person| !phone.is_empty() && same_end(&person.phone, &phone));
    let name = calls.map(|person| person.name.clone()).unwrap_or_default();
    let selected = calls.map(|person| person.id.to_string()).unwrap_or_default();
    let seen = caller.seen();
    let people = caller.people.iter().map(|person| {
        let name = person.name.clone();
        let label = if person.is_reached { name } else { t!("intake-no-mail", name = name) };
        (person.id.to_string(), label)
    });
    let people = people.collect();
    let programs = caller.programs.iter().map(|program| (program.id.to_string(), named(&program.name))).collect();
    let works: Vec<_> = caller.work_types.iter().map(|work| (work.id.to_string(), named(&work.name))).collect();
    let work = caller.work_type.map(|id| id.to_string()).unwrap_or_default();
    let shown_for = caller.work_types.iter().find(|work| Some(work.id) == caller.work_type);
    let times_hint = shown_for.map(|work| t!("intake-when-hint", work = named(&work.name))).unwrap_or_default();
    let times = times_to_choose(&caller.times);
    view! {
        <Form action={Endpoint::of::<api::work::intake::WriteCall>()}>
            // As it stands here now, however often the form came back: other times may be there by then.
            <Hidden name=SEEN_FIELD value=seen.to_string()/>
            <Hidden name="customer" value=caller.customer.to_string()/>
            <Hidden name="key" value=key.to_string()/>
            <Hidden name="times_of" value=work.clone()/>
            {ui::query_value("voice").map(|voice| view! { <Hidden name="voice" value=voice/> })}
            <TextArea name="what_happened" label=t!("intake-what") rows=4 autofocus=true/>
            <div class="field-pair">
                <SelectField name="program" label=t!("intake-program") options=programs/>
                <SelectField name="work_type" label=t!("order-answer-work-type") options=works selected=work/>
            </div>
            <HowUrgent/>
            <div class="field-pair">
                <TextField name="contact_name" label=t!("intake-contact-name") value=name autocomplete="off"/>
                <TextField
                    name="contact_phone"
                    label=t!("intake-contact-phone")
                    value=phone_in_groups(&phone)
                    kind="tel"
                    autocomplete="off"
                />
            </div>
            <SelectField name="member" label=t!("intake-member") options=people selected/>
            <RadioCards name="start" legend=t!("intake-when") options=times selected=QUEUE hint=times_hint/>
            <Submit label=t!("intake-submit")/>
        </Form>
        <Means times=caller.times.clone()/>
    }
}

/// How urgent it is, and what stopped where it is.
#[component]
fn HowUrgent() -> impl IntoView {
    let urgency = |urgency: Urgency, label: String| RadioOption {
        value: urgency.code().to_owned(),
        label,
        ..RadioOption::default()
    };
    let options = vec![urgency(Urgency::Normal, t!("urgency-normal")), urgency(Urgency::Urgent, t!("urgency-urgent"))];
    view! {
        <div class="side-by-side">
            <RadioCards
                name="urgency"
                legend=t!("order-answer-urgency")
                options
                selected=Urgency::Normal.code()
            />
        </div>
        <WhenUrgent>
            <TextArea name="what_stopped" label=t!("case-what-stopped") rows=2/>
            <TextField name="since" label=t!("case-since")/>
        </WhenUrgent>
    }
}

/// The queue, and each of the times with what it means in short.
fn times_to_choose(times: &[TimeToAgree]) -> Vec<RadioOption> {
    let queue = RadioOption {
        value: QUEUE.to_owned(),
        label: t!("intake-queue"),
        note: Some(t!("intake-queue-note")),
        ..RadioOption::default()
    };
    let locale = Locale::current();
    let times = times.iter().map(|time| RadioOption {
        value: time.slot.start.to_rfc3339_opts(SecondsFormat::Secs, true),
        label: capitalized(&format::slot(locale, time.slot)),
        note: Some(in_short(time)),
        ..RadioOption::default()
    });
    std::iter::once(queue).chain(times).collect()
}

/// "Radek · pro urgentní požadavek o 35 min později, než slibujeme"
fn in_short(time: &TimeToAgree) -> String {
    let who = time.means.after.as_ref().map(|agreed| agreed.technician.name.clone());
    let late = match time.urgent {
        Target::Kept { .. } => None,
        Target::Broken { by, .. } => Some(t!("intake-late-if-urgent", minutes = by)),
    };
    let pushed = time.means.delays.iter().filter(|delay| delay.before < delay.after).count();
    let pushed = (pushed > 0).then(|| t!("intake-pushes", count = pushed));
    let at_once = time.means.beside.iter().filter(|beside| beside.is_at_once);
    let at_once = at_once.map(|beside| t!("intake-at-once", number = beside.request.number.to_string()));
    who.into_iter().chain(late).chain(pushed).chain(at_once).collect::<Vec<_>>().join(" · ")
}

/// The mails that each of the times writes, behind the button: who reads them while calling needs no key for the order.
#[component]
fn Means(times: Vec<TimeToAgree>) -> impl IntoView {
    let times = times
        .into_iter()
        .map(|time| {
            let field = means_field(time.slot.start);
            let changed = ui::forms::problem_beside(&field, "").map(|_| error_text(None, t!("means-changed")));
            let short = in_short(&time);
            let to_call = time.means.is_to_be_called.then(|| view! { <p>{t!("means-to-call")}</p> });
            let mails = time.means.mails.into_iter().map(|mail| view! { <MailToCome mail/> }).collect::<Vec<_>>();
            view! {
                <div id=field tabindex="-1">
                    <h3>{capitalized(&format::slot(Locale::current(), time.slot))}</h3>
                    {changed}
                    <p class="table-note">{short}</p>
                    {to_call}
                    {mails}
                </div>
            }
        })
        .collect::<Vec<_>>();
    (!times.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="means-title">
                <h2 id="means-title">{t!("means-title")}</h2>
                <p class="table-note">{t!("intake-means-note")}</p>
                {times}
            </section>
        }
    })
}

/// A caller whom nobody knows: the organisation and the person, in one form.
#[component]
fn NewOrganisation(search: String, phone: String, programs: Vec<Program>, key: Uuid) -> impl IntoView {
    let programs = std::iter::once((String::new(), t!("intake-new-program")))
        .chain(programs.iter().map(|program| (program.id.to_string(), named(&program.name))))
        .collect();
    // What was searched for may be a name or a number.
    let is_number = search.chars().any(|character| character.is_ascii_digit());
    let (name, ico) = match search.trim() {
        typed if !is_number => (typed.to_owned(), String::new()),
        typed if typed.len() == 8 && typed.chars().all(|digit| digit.is_ascii_digit()) => {
            (String::new(), typed.to_owned())
        }
        _ => (String::new(), String::new()),
    };
    let whose = taken_ico().map(|ico| {
        let mut query = vec![("search", ico)];
        query.extend((!phone.is_empty()).then(|| ("phone", phone.clone())));
        view! {
            <p>
                <a href=ui::with_query(paths::INTAKE, &query)>{t!("intake-new-ico-known")}</a>
            </p>
        }
    });
    view! {
        <section class="card" aria-labelledby="new-caller">
            <h2 id="new-caller">{t!("intake-new")}</h2>
            <Form action={Endpoint::of::<api::work::callers::AddCaller>()}>
                <Hidden name="key" value=key.to_string()/>
                <div class="field-pair">
                    <TextField name="organisation" label=t!("intake-new-organisation") value=name autocomplete="off"/>
                    <TextField name="ico" label=t!("intake-new-ico") value=ico inputmode="numeric" autocomplete="off"/>
                </div>
                {whose}
                <SelectField name="program" label=t!("intake-program") options=programs/>
                <PersonFields phone/>
                <Submit label=t!("intake-new-submit")/>
            </Form>
        </section>
    }
}

/// The IČO with which the form came back because another customer has it.
fn taken_ico() -> Option<String> {
    let form = ui::forms::returned()?;
    let Problem::Invalid { fields } = &form.problem else { return None };
    let is_taken = fields.iter().any(|field| field.field == "ico" && field.code == FieldCode::AlreadyUsed);
    keep_ico(form.values.get("ico").filter(|_| is_taken)?).ok()
}

/// Somebody of a customer who is not written down yet.
#[component]
fn NewPerson(customer: CustomerId, phone: String, open: bool, key: Uuid) -> impl IntoView {
    let open = open || ui::forms::field_problem("caller_name").is_some();
    view! {
        <details class="card" open=open>
            <summary>{t!("intake-new-person")}</summary>
            <Form action={Endpoint::of::<api::work::callers::AddCaller>()}>
                <Hidden name="customer" value=customer.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <PersonFields phone/>
                <Submit label=t!("intake-new-person-submit") kind=ButtonKind::Secondary/>
            </Form>
        </details>
    }
}

#[component]
fn PersonFields(phone: String) -> impl IntoView {
    view! {
        <div class="field-pair">
            <TextField name="caller_name" label=t!("intake-new-name") autocomplete="off"/>
            <TextField
                name="caller_phone"
                label=t!("intake-new-phone")
                value=phone_in_groups(&phone)
                kind="tel"
                autocomplete="off"
            />
        </div>
    }
}
