//! Images written anew: pixels, and nothing else of what was sent – no place, no camera, no comment, nothing behind the end.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};

use super::{Admitted, NotAdmitted};
use crate::model::ordering::attachments::{ATTACHMENT_BYTES_MAX, AttachmentKind, PIXELS_MAX, SIDE_MAX};

/// How much a photograph keeps, of a hundred.
const QUALITY: u8 = 85;
/// The most memory that reading an image takes, in bytes: eight for each pixel.
const MEMORY: u64 = PIXELS_MAX * 8;

/// Which kind of image it is; none for what is none that is taken.
pub(super) fn format_of(sent: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(sent).ok()?;
    matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP).then_some(format)
}

/// The image anew. How large it is, is asked before a pixel is read.
pub(super) fn anew(sent: &[u8], format: ImageFormat) -> Result<Admitted, NotAdmitted> {
    let mut reader = ImageReader::with_format(Cursor::new(sent), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    if width > SIDE_MAX || height > SIDE_MAX || u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(NotAdmitted::TooLarge);
    }
    let orientation = decoder.orientation().map_err(|error| refused(&error))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    // What was said of how it is held goes with the rest.
    image.apply_orientation(orientation);
    if format == ImageFormat::Png || image.color().has_alpha() {
        let content = png(&image)?;
        if content.len() <= ATTACHMENT_BYTES_MAX {
            return Ok(Admitted { kind: AttachmentKind::Png, content });
        }
    }
    let content = jpeg(&image)?;
    if content.len() > ATTACHMENT_BYTES_MAX {
        return Err(NotAdmitted::TooLarge);
    }
    Ok(Admitted { kind: AttachmentKind::Jpeg, content })
}

fn png(image: &DynamicImage) -> Result<Vec<u8>, NotAdmitted> {
    // Of sixteen bits a screen shows eight.
    let image = if image.color().has_alpha() { image.to_rgba8().into() } else { DynamicImage::from(image.to_rgb8()) };
    let mut content = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut content, CompressionType::Fast, FilterType::Adaptive);
    image.write_with_encoder(encoder).map_err(|error| refused(&error))?;
    Ok(content)
}

fn jpeg(image: &DynamicImage) -> Result<Vec<u8>, NotAdmitted> {
    let mut content = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut content, QUALITY);
    image.to_rgb8().write_with_encoder(encoder).map_err(|error| refused(&error))?;
    Ok(content)
}

fn refused(error: &image::ImageError) -> NotAdmitted {
    if matches!(error, image::ImageError::Limits(_)) { NotAdmitted::TooLarge } else { NotAdmitted::Unknown }
}
