//! Input that means harm: whatever it is, the program ends in bounded time and memory, reads nothing outside the project and
//! prints nothing that a terminal obeys.

mod cost;
mod files;
mod output;
mod values;

use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::cli::{Project, Run};

/// Far longer than a debug build takes for any of them beside other work, far shorter than one that succeeds.
const PATIENCE: Duration = Duration::from_mins(2);

/// The address space that a run may take, in KiB; only Linux holds it to that.
const MEMORY: usize = 1 << 20;

/// A cluster with a fault: one line of a concise report that holds `[AKS104]`.
const FAULTY: &str = r#"resource "azurerm_kubernetes_cluster" "main" {
  network_profile {
    network_plugin = "azure"
    network_policy = "calico"
    service_cidr   = "10.0.0.0/16"
    dns_service_ip = "10.9.0.10"
    network_plugin_mode = "overlay"
  }

  dns_prefix              = "aks"
  private_cluster_enabled = true
}
"#;

/// Runs aksnet in a project within bounds of time and memory.
fn bounded(project: &Project, args: &[&str]) -> Run {
    let limit = if cfg!(target_os = "linux") {
        format!("ulimit -v {MEMORY} && ")
    } else {
        String::new()
    };
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &format!("{limit}exec \"$0\" \"$@\"")]);
        shell.arg(env!("CARGO_BIN_EXE_aksnet"));
        shell
    } else {
        Command::new(env!("CARGO_BIN_EXE_aksnet"))
    };
    let mut child = command
        .args(args)
        .current_dir(project)
        .env_clear()
        // Each thread has a stack, and the machine may have many cores.
        .envs([("LANG", "C.UTF-8"), ("RAYON_NUM_THREADS", "2")])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let out = text_of(child.stdout.take().expect("a pipe"));
    let err = text_of(child.stderr.take().expect("a pipe"));
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            break status;
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("the program can be ended");
            child.wait().expect("the program ends");
            panic!("it does not end in time");
        }
        thread::sleep(Duration::from_millis(5));
    };
    let text = |reader: thread::JoinHandle<String>| reader.join().expect("it is UTF-8");
    let (out, err) = (text(out), text(err));
    let code = status.code();
    Run {
        code: code.unwrap_or_else(|| panic!("it does not end by itself: {err}")),
        out,
        err,
    }
}

fn text_of(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        pipe.read_to_string(&mut text)
            .expect("what is printed is UTF-8");
        text
    })
}
