//! What came to the line by mail and to its answering machine, and waits for the desk.

use super::super::{app::App, db::work::mail_in::save_voice_patterns, service::work::mail_in::take_in};

/// How the exchange's mails are known.
const PATTERNS: &str = "Subject: Hlasová zpráva od {number}";

/// Somebody whom nobody knows asks for help.
const LETTER: &str = "From: =?utf-8?Q?Cukr=C3=A1rna_Na_rohu?= <cukrarna@narohu.example>\r\n\
    To: Linka <linka@linka.example>\r\n\
    Subject: =?utf-8?Q?Nejde_n=C3=A1m_terminal?=\r\n\
    Message-ID: <1@narohu.example>\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\n\
    Dobrý den,\r\n\r\nod pondělka nám nejde výdejní terminál. Mohli byste se podívat?\r\n\r\nDěkujeme,\r\nCukrárna Na rohu\r\n";

/// Hands them over; once more, they are the same.
///
/// # Errors
/// When the database fails.
pub(super) async fn hand_over(app: &App) -> anyhow::Result<()> {
    let mut tx = app.db.staff().await?;
    save_voice_patterns(&mut tx, PATTERNS).await?;
    tx.commit().await?;
    for raw in [LETTER.to_owned(), spoken()] {
        take_in(app, raw.as_bytes(), u64::try_from(raw.len())?).await?;
    }
    Ok(())
}

/// A message of the answering machine: two tones.
fn spoken() -> String {
    let head = "From: =?utf-8?Q?=C3=9Ast=C5=99edna?= <ustredna@linka.example>\r\nTo: Linka <linka@linka.example>\r\n\
        Subject: =?utf-8?Q?Hlasov=C3=A1_zpr=C3=A1va_od_777_123_456?=\r\nMessage-ID: <2@ustredna.linka.example>\r\nAuto-Submitted: auto-generated\r\n\
        MIME-Version: 1.0\r\nContent-Type: audio/wav; name=\"zprava.wav\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
    let line = |bytes: &[u8]| bytes.iter().map(|byte| format!("={byte:02X}")).collect::<String>() + "=\r\n";
    let body: String = wave().chunks(24).map(line).collect();
    format!("{head}{}\r\n", body.trim_end_matches("=\r\n"))
}

/// A second of sound, 8 000 bytes of it, as Windows keeps it.
fn wave() -> Vec<u8> {
    const RATE: u32 = 8_000;
    let mut wave = Vec::new();
    wave.extend_from_slice(b"RIFF");
    wave.extend_from_slice(&(36 + RATE).to_le_bytes());
    wave.extend_from_slice(b"WAVEfmt ");
    wave.extend_from_slice(&16_u32.to_le_bytes());
    // One channel of eight bits, as they are.
    wave.extend_from_slice(&[1, 0, 1, 0]);
    wave.extend_from_slice(&RATE.to_le_bytes());
    wave.extend_from_slice(&RATE.to_le_bytes());
    wave.extend_from_slice(&[1, 0, 8, 0]);
    wave.extend_from_slice(b"data");
    wave.extend_from_slice(&RATE.to_le_bytes());
    let tone = |at: u32| {
        let half = if at < RATE / 2 { 9 } else { 6 };
        if (at / half).is_multiple_of(2) { 0x60 } else { 0xa0 }
    };
    wave.extend((0..RATE).map(tone));
    wave
}
