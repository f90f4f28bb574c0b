//! What a person reads when the server has started: where it is and how to sign in.

use std::net::SocketAddr;

use settings::Settings;

use crate::output::print;

pub fn greet(settings: &Settings, address: SocketAddr, accounts: u64, setup_code: Option<&str>) -> anyhow::Result<()> {
    let url = url(address);
    let mut text = format!(
        "Plotline {} is running.\n  \
           Page               {url}/\n  \
           API documentation  {url}/api/docs\n  \
           Health             {url}/api/health\n  \
           Data               {}\n",
        env!("CARGO_PKG_VERSION"),
        settings.data_dir.display(),
    );
    match setup_code {
        Some(code) => text.push_str(&format!(
            "  Set-up code        {code}\n                     \
               Register the first account with it as \"setup_code\": it becomes the administrator.\n"
        )),
        None if accounts > 0 => text.push_str("  Sign in            with your account, at /api/v1/auth/login\n"),
        None => text.push_str(
            "  Sign in            register at /api/v1/auth/register; the first account becomes the administrator\n",
        ),
    }
    text.push_str("  Stop               Ctrl-C");
    print(&text)
}

/// An address that a browser on this machine can open.
fn url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        return format!("http://127.0.0.1:{}", address.port());
    }
    format!("http://{address}")
}
