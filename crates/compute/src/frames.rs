//! The protocol on the child's standard input and output: a length (u32, little-endian), then that many bytes of JSON.

use std::io::{self, Read, Write};

use contract::errors::Failure;
use contract::jobs::Progress;
use contract::operating::Confinement;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::{Outcome, Task};

/// The largest frame. A result beyond it is refused by the child with advice to ask for less.
pub const MAX_FRAME_BYTES: usize = 64 << 20;

/// From the parent: the next thing to compute. A child computes one at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    pub task: Task,
}

/// From the child: at its start what is closed to it; then, for each task, any number of `Progress` and one of the last
/// two.
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    Confined {
        confinement: Confinement,
        /// What the kernel does not let it give up, each as a sentence for the log.
        missing: Vec<String>,
    },
    Progress(Progress),
    Done(Outcome),
    Failed {
        failure: Failure,
        /// The computation panicked: the child must not be used again.
        panicked: bool,
    },
}

/// One frame. `None` when the message is too large for one.
pub fn encode<T: Serialize>(message: &T) -> io::Result<Option<Vec<u8>>> {
    let mut frame = vec![0; 4];
    serde_json::to_writer(&mut frame, message)?;
    let length = frame.len() - 4;
    if length > MAX_FRAME_BYTES {
        return Ok(None);
    }
    let length = u32::try_from(length).map_err(io::Error::other)?;
    frame[..4].copy_from_slice(&length.to_le_bytes());
    Ok(Some(frame))
}

fn checked_length(prefix: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_le_bytes(prefix) as usize;
    if length > MAX_FRAME_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a frame of {length} bytes is too large")));
    }
    Ok(length)
}

/// The next frame; `None` at a clean end of the stream.
pub fn read<T: DeserializeOwned>(stream: &mut impl Read) -> io::Result<Option<T>> {
    let mut prefix = [0; 4];
    match stream.read_exact(&mut prefix) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut body = vec![0; checked_length(prefix)?];
    stream.read_exact(&mut body)?;
    Ok(Some(serde_json::from_slice(&body)?))
}

pub fn write(stream: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    stream.write_all(frame)?;
    stream.flush()
}

/// As [`read`], for the parent's side.
pub async fn read_async<T: DeserializeOwned>(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<T>> {
    let mut prefix = [0; 4];
    match stream.read_exact(&mut prefix).await {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    };
    let mut body = vec![0; checked_length(prefix)?];
    stream.read_exact(&mut body).await?;
    Ok(Some(serde_json::from_slice(&body)?))
}

pub async fn write_async(stream: &mut (impl AsyncWrite + Unpin), frame: &[u8]) -> io::Result<()> {
    stream.write_all(frame).await?;
    stream.flush().await
}

#[cfg(test)]
mod tests {
    use contract::errors::ErrorCode;

    use super::*;

    #[test]
    fn frames_come_back_as_they_went_in() {
        let raw = serde_json::value::RawValue::from_string("{\"mean\":1.0}".to_owned()).unwrap();
        let mut stream = encode(&Reply::Done(Outcome::Analysis(raw))).unwrap().unwrap();
        let failed = Reply::Failed { failure: Failure::new(ErrorCode::InvalidFile, "no"), panicked: false };
        stream.extend(encode(&failed).unwrap().unwrap());
        let mut reader = stream.as_slice();
        let Some(Reply::Done(Outcome::Analysis(raw))) = read(&mut reader).unwrap() else { panic!("not the result") };
        assert_eq!(raw.get(), "{\"mean\":1.0}");
        let Some(Reply::Failed { failure, .. }) = read(&mut reader).unwrap() else { panic!("not the failure") };
        assert_eq!(failure.message, "no");
        assert!(read::<Reply>(&mut reader).unwrap().is_none());
    }

    #[test]
    fn frames_that_are_too_large_or_cut_off_are_errors() {
        let too_long = u32::try_from(MAX_FRAME_BYTES + 1).unwrap().to_le_bytes();
        assert_eq!(read::<Reply>(&mut too_long.as_slice()).unwrap_err().kind(), io::ErrorKind::InvalidData);
        let mut cut = encode(&Reply::Progress(Progress::default())).unwrap().unwrap();
        cut.pop();
        assert_eq!(read::<Reply>(&mut cut.as_slice()).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert!(encode(&"x".repeat(MAX_FRAME_BYTES)).unwrap().is_none());
    }
}
