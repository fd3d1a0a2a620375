//! What a program says about a request that was sent: a message, or a file with one.

use axum::{
    Extension, Json,
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode},
};
use multer::Multipart;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{acting::Acting, once::boundary, problems::Refusal, shapes::sent};
use crate::{
    model::{
        base::{fields::FieldCode, ids::AttachmentId},
        paths,
        problem::Problem,
    },
    server::{
        auth::Caller,
        service::ordering::{
            attachments::{About, keep},
            conversations,
        },
    },
};

/// A message.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageShape {
    /// In plain text.
    #[schema(max_length = 4000, example = "Po restartu se to opakuje.")]
    message: String,
}

/// What was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Written)]
pub struct WrittenShape {
    /// About which request.
    #[schema(example = "2026-000123")]
    number: String,
}

/// Write about it
///
/// Whoever is to come is told, and the answer comes by mail and stands at the request.
#[utoipa::path(post, operation_id = "write_message", path = paths::API_MESSAGES, tag = "order", params(("number" = String, Path, description = "Its number")), request_body = MessageShape, responses((status = 201, description = "It is written", body = WrittenShape)))]
pub async fn write(acting: Acting, body: Bytes) -> Result<(StatusCode, Json<WrittenShape>), Refusal> {
    let MessageShape { message } = sent(&body)?;
    written(&acting, &message, &[]).await
}

/// Writes it, with the files that go with it.
async fn written(
    acting: &Acting,
    message: &str,
    files: &[AttachmentId],
) -> Result<(StatusCode, Json<WrittenShape>), Refusal> {
    let Acting { app, orderer, number, key } = acting;
    conversations::write(app, orderer, *number, message, files, *key).await?;
    Ok((StatusCode::CREATED, Json(WrittenShape { number: number.to_string() })))
}

/// A file, and what is said with it.
#[derive(ToSchema)]
#[schema(as = AttachedFile)]
#[expect(dead_code, reason = "it is described, and read part by part")]
pub struct FileShape {
    /// A picture (PNG, JPEG), a PDF, plain text or a ZIP, of at most ten megabytes.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// What is said with it; where nothing is, the name of the file is.
    #[schema(required = false)]
    message: String,
}

/// Send a file
///
/// It goes with a message about the request. It is looked into, and named by what it is.
#[utoipa::path(post, operation_id = "attach_file", path = paths::API_ATTACHMENTS, tag = "order", params(("number" = String, Path, description = "Its number")), request_body(content = FileShape, content_type = "multipart/form-data"), responses((status = 201, description = "It is kept", body = WrittenShape)))]
pub async fn attach(
    acting: Acting,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<WrittenShape>), Refusal> {
    let boundary = boundary(&headers).ok_or(Problem::Malformed)?;
    let (name, content, message) = read(boundary, body).await?;
    let message = if message.trim().is_empty() { name.clone() } else { message };
    let about = About::Request(acting.number);
    let file = keep(&acting.app, &caller, about, (&name, content)).await.map_err(as_file)?;
    written(&acting, &message, &[file]).await
}

/// The name and the bytes of the file, and the message.
async fn read(boundary: String, body: Bytes) -> Result<(String, Vec<u8>, String), Problem> {
    let mut parts = Multipart::new(Body::from(body).into_data_stream(), boundary);
    let (mut file, mut message) = (None, String::new());
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::Malformed)? {
        let name = part.file_name().unwrap_or_default().to_owned();
        match part.name() {
            Some("file") if file.is_none() => {
                let content = part.bytes().await.map_err(|_| Problem::Malformed)?;
                file = Some((name, content.to_vec()));
            }
            Some("message") => message = part.text().await.map_err(|_| Problem::Malformed)?,
            _ => return Err(Problem::Malformed),
        }
    }
    let (name, content) = file.ok_or_else(|| Problem::field("file", FieldCode::Missing))?;
    Ok((name, content, message))
}

/// A problem of a form's files as that of the one file.
fn as_file(problem: Problem) -> Problem {
    match problem {
        Problem::Invalid { fields } => match fields.first() {
            Some(first) => Problem::field("file", first.code),
            None => Problem::Malformed,
        },
        problem => problem,
    }
}
