//! Forms with files: each file is looked into and kept as soon as it has come, one after the other, and the form goes on with what
//! they are known by. So a form that is refused comes back with its files, and however many there are, no more than one is in memory.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method, header::CONTENT_TYPE, request::Parts},
};
use futures::{Stream, StreamExt};
use multer::{Constraints, Field, Multipart, SizeLimit};

use super::{session, sizes::LARGEST_FORM};
use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{AttachmentId, RequestId},
        },
        ordering::attachments::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX, named},
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::Caller,
        service::{
            line::limits::{self, Write},
            ordering::{
                attachments::{About, FILES_FIELD, keep, of_draft},
                drafts,
            },
        },
    },
};

/// The pages of which a form takes files.
const PAGES: [&str; 6] =
    [paths::REQUEST, paths::DESK_REQUEST, paths::WORKBENCH, paths::ORDER, paths::DRAFT_WHAT, paths::DRAFT_CONFIRM];
/// The most bytes of such a form: its files, and more than its fields hold.
const LARGEST: u64 = (ATTACHMENTS_MAX * ATTACHMENT_BYTES_MAX + 2 * LARGEST_FORM) as u64;
/// What a field that is no file costs beside its name and bytes, so that many empty ones are no fewer than they are.
const FIELD_ITSELF: usize = 64;
/// The most bytes that come without anything of the form being had of them: the headers of a part are read whole, whoever sends them.
const LARGEST_HEADERS: usize = 1024 * 1024;
/// The field that names files which are kept.
const KEPT_FIELD: &str = "attachments";

/// A form with files that is on its way.
pub struct Attached {
    boundary: String,
    about: About,
    /// Whether the order begins with it.
    begins: bool,
}

/// What came of it.
pub struct Read {
    /// Its fields, the files by what they are known by.
    pub fields: Vec<(String, String)>,
    /// Why its files are not as they should be.
    pub problem: Option<Problem>,
}

/// Whether a request is such a form.
pub fn form_of(parts: &Parts) -> Option<Attached> {
    let content_type = parts.headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let path = parts.uri.path();
    let values = PAGES.iter().filter(|_| parts.method == Method::POST).find_map(|page| paths::values(page, path))?;
    let about = match values.first() {
        Some(("id", value)) => About::Draft(value.parse().map(RequestId).ok()?),
        Some((_, value)) => About::Request(value.parse().ok()?),
        None => About::Draft(draft_to_be(parts)?),
    };
    Some(Attached { boundary: multer::parse_boundary(content_type).ok()?, about, begins: values.is_empty() })
}

/// The identity of the draft to be, which the address of a new order names.
fn draft_to_be(parts: &Parts) -> Option<RequestId> {
    let query: Vec<(String, String)> = serde_urlencoded::from_str(parts.uri.query()?).ok()?;
    query.into_iter().find(|(name, _)| name == "draft")?.1.parse().map(RequestId).ok()
}

/// Reads it to its end, whatever is wrong with it: a browser hears no answer before it has sent everything.
///
/// # Errors
/// [`Problem::TooLarge`] of its fields, [`Problem::Invalid`] of its files, [`Problem::Malformed`].
pub async fn read(app: &App, headers: &HeaderMap, form: Attached, body: Body) -> Result<Read, Problem> {
    let constraints = Constraints::new().size_limit(SizeLimit::new().whole_stream(LARGEST));
    let unused = Unused::default();
    let mut parts = Multipart::with_constraints(unused.watch(body), form.boundary, constraints);
    let sender = sender(app, headers).await;
    let (mut fields, mut kept): (Vec<(String, String)>, Vec<AttachmentId>) = (Vec::new(), Vec::new());
    let mut problem = sender.as_ref().err().cloned();
    if let (Ok(caller), About::Draft(id)) = (&sender, form.about) {
        match kept_for(app, caller, id).await {
            Ok(files) => kept = files,
            // It begins with its first file, else with the form itself.
            Err(Problem::NotFound) if form.begins => {}
            Err(refused) => problem = Some(refused),
        }
    }
    // As much as of a form without files; none once there was too much.
    let mut room = Some(LARGEST_FORM);
    while let Some(part) = parts.next_field().await.map_err(|error| unread(&error))? {
        unused.forget();
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(str::to_owned) else {
            let text = content(part, &unused, room.unwrap_or(0)).await?;
            let takes = text.as_ref().map(|text| FIELD_ITSELF + name.len() + text.len());
            room = room.zip(takes).and_then(|(room, takes)| room.checked_sub(takes));
            let Some(text) = text.filter(|_| room.is_some()) else { continue };
            let text = String::from_utf8(text).map_err(|_| Problem::Malformed)?;
            match (name == KEPT_FIELD, form.about) {
                (true, About::Request(_)) => kept.extend(named(&text)),
                // Which they are is kept with the order.
                (true, About::Draft(_)) => {}
                (false, _) => fields.push((name, text)),
            }
            continue;
        };
        // What is not kept anyway takes no memory.
        let sent = content(part, &unused, if problem.is_none() { ATTACHMENT_BYTES_MAX } else { 0 }).await?;
        // Where nothing was chosen, a browser sends an empty file without a name.
        if file_name.is_empty() && sent.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        let taken = match (&sender, sent) {
            _ if problem.is_some() => continue,
            (Err(_), _) => continue,
            (Ok(_), None) => Err(Problem::field(FILES_FIELD, FieldCode::TooLong)),
            (Ok(_), Some(_)) if kept.len() >= ATTACHMENTS_MAX => Err(Problem::field(FILES_FIELD, FieldCode::TooMany)),
            (Ok(caller), Some(sent)) => match begin(app, caller, (form.begins, form.about), &fields).await {
                Ok(()) => keep(app, caller, form.about, (&file_name, sent)).await,
                Err(refused) => Err(refused),
            },
        };
        match taken {
            Ok(id) => kept.push(id),
            Err(refused) => problem = Some(refused),
        }
    }
    if room.is_none() {
        return Err(Problem::TooLarge);
    }
    let kept: Vec<_> = kept.iter().map(ToString::to_string).collect();
    fields.push((KEPT_FIELD.to_owned(), kept.join(",")));
    Ok(Read { fields, problem })
}

/// How many bytes have come since the last that something was had of.
#[derive(Debug, Default, Clone)]
struct Unused(Arc<AtomicUsize>);

impl Unused {
    /// The pieces of a body, up to where too many have come for nothing.
    fn watch(&self, body: Body) -> impl Stream<Item = Result<Bytes, io::Error>> + Send + 'static {
        let unused = self.clone();
        body.into_data_stream().map(move |piece| {
            let piece = piece.map_err(io::Error::other)?;
            let had = unused.0.fetch_add(piece.len(), Ordering::Relaxed);
            if had > LARGEST_HEADERS { Err(io::Error::other("endless headers")) } else { Ok(piece) }
        })
    }

    fn forget(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

/// What is kept already for an order that is being written.
async fn kept_for(app: &App, caller: &Caller, draft: RequestId) -> Result<Vec<AttachmentId>, Problem> {
    let files = of_draft(app, &caller.may_order()?, draft).await?;
    Ok(files.into_iter().map(|file| file.id).collect())
}

/// Begins the order of a form with which one begins, so that there is something to keep a file for. What is chosen stands above the files.
async fn begin(
    app: &App,
    caller: &Caller,
    (begins, about): (bool, About),
    fields: &[(String, String)],
) -> Result<(), Problem> {
    let About::Draft(id) = about else { return Ok(()) };
    if !begins {
        return Ok(());
    }
    let subject = fields.iter().find(|(name, _)| name == "subject").map_or("", |(_, chosen)| chosen.as_str());
    drafts::begin_for_files(app, &caller.may_order()?, id, subject).await
}

/// Who sends it, and may send one more form: what files cost is spent before the form reaches what asks that of all.
async fn sender(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    let caller = session::caller(app, headers).await?;
    caller.session()?;
    limits::admit_write(app, &caller, None, Write::Form).await?;
    Ok(caller)
}

/// What a part holds; none of what is more than `most`, which is read all the same.
async fn content(mut part: Field<'_>, unused: &Unused, most: usize) -> Result<Option<Vec<u8>>, Problem> {
    let mut content = Vec::new();
    let mut length = 0;
    while let Some(piece) = part.chunk().await.map_err(|error| unread(&error))? {
        unused.forget();
        length += piece.len();
        if length <= most {
            content.extend_from_slice(&piece);
        }
    }
    Ok((length <= most).then_some(content))
}

fn unread(error: &multer::Error) -> Problem {
    match error {
        multer::Error::StreamSizeExceeded { .. } => Problem::field(FILES_FIELD, FieldCode::TooLong),
        _ => Problem::Malformed,
    }
}
