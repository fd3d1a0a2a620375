//! The codes of the payments that a mail asks for, as pictures within the message: a mail loads nothing from anywhere.

use chrono::{DateTime, Utc};
use image::{DynamicImage, GrayImage, Luma, codecs::png::PngEncoder};
use qrcode::{Color, EcLevel, QrCode};
use uuid::Uuid;

use super::SendError;
use crate::{
    model::{
        base::calendar::to_local,
        mails::{AskedPayment, MailContent},
    },
    ui::{
        format,
        texts::{Locale, t},
    },
};

/// How much ground there must be around a code, in modules (ISO/IEC 18004, 9.1).
const QUIET: u32 = 4;
/// How many dots of the picture a module is wide.
const DOTS: u32 = 5;

/// A picture of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its Content-ID, by which the HTML names it.
    pub id: String,
    /// What it shows, for whoever does not see it.
    pub alt: String,
    /// What stands below it.
    pub caption: String,
    /// The picture as PNG.
    pub png: Vec<u8>,
}

/// The codes of what a mail asks for when it is read `now`.
///
/// * `message` – the message's identity, so that no two messages have a picture of the same name
///
/// # Errors
/// [`SendError::Refused`] when a picture cannot be made.
pub fn pictures(
    locale: Locale,
    content: &MailContent,
    message: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Picture>, SendError> {
    let asked = content.asked_payments(to_local(now).date());
    asked
        .iter()
        .enumerate()
        .map(|(place, payment)| picture(locale, payment, &format!("{place}.{message}@qr")))
        .collect()
}

fn picture(locale: Locale, payment: &AskedPayment, id: &str) -> Result<Picture, SendError> {
    let (number, amount) = (payment.number.as_str(), format::money(locale, payment.amount));
    Ok(Picture {
        id: id.to_owned(),
        alt: t!(locale => "mails-code-alt", number = number, amount = amount.as_str()),
        caption: t!(locale => "mails-code", number = number, amount = amount.as_str()),
        png: png(&payment.spayd)?,
    })
}

/// A text as a code, dark on light.
fn png(text: &str) -> Result<Vec<u8>, SendError> {
    let refused = |error: &dyn std::fmt::Display| SendError::Refused(format!("a code: {error}"));
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|error| refused(&error))?;
    let width = u32::try_from(code.width()).map_err(|error| refused(&error))?;
    let is_dark = |x: u32, y: u32| {
        let module = |dot: u32| (dot / DOTS).checked_sub(QUIET).filter(|module| *module < width);
        let place =
            module(x).zip(module(y)).and_then(|(x, y)| Some((usize::try_from(x).ok()?, usize::try_from(y).ok()?)));
        place.is_some_and(|place| code[place] == Color::Dark)
    };
    let side = (width + 2 * QUIET) * DOTS;
    let image = GrayImage::from_fn(side, side, |x, y| Luma([if is_dark(x, y) { 0 } else { u8::MAX }]));
    let mut png = Vec::new();
    DynamicImage::from(image).write_with_encoder(PngEncoder::new(&mut png)).map_err(|error| refused(&error))?;
    Ok(png)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_from_its_picture() {
        let text = "SPD*1.0*ACC:CZ6508000000192000145399+GIBACZPX*AM:3194.40*CC:CZK*X-VS:2026100001*RN:LINKA";
        let picture = image::load_from_memory(&png(text).expect("a picture")).expect("a PNG").to_luma8();
        let (width, height) = picture.dimensions();
        let grey = |x: usize, y: usize| {
            picture.get_pixel(u32::try_from(x).expect("small"), u32::try_from(y).expect("small")).0[0]
        };
        let side = |length: u32| usize::try_from(length).expect("small");
        let mut read = rqrr::PreparedImage::prepare_from_greyscale(side(width), side(height), grey);
        let grids = read.detect_grids();
        let [grid] = grids.as_slice() else { panic!("{} codes", grids.len()) };
        assert_eq!(grid.decode().expect("a text").1, text);
    }
}
