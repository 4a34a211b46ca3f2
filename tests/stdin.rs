//! Standard input stands for a file, in its place among the others.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::cli::{Project, Run};

/// A cluster whose ranges come from elsewhere in its module.
const CLUSTER: &str = r#"resource "azurerm_kubernetes_cluster" "main" {
  network_profile {
    network_plugin = "azure"
    network_policy = "calico"
    service_cidr   = local.range
    dns_service_ip = "10.9.0.10"
  }

  dns_prefix              = "aks"
  private_cluster_enabled = true
}
"#;

const RIGHT: &str = "locals {\n  range = \"10.9.0.0/16\"\n}\n";
const WRONG: &str = "locals {\n  range = \"10.0.0.0/16\"\n}\n";

/// Runs aksnet in a project with this standard input.
fn run(project: &Project, args: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_aksnet"))
        .args(args)
        .current_dir(project)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // That it does not read all of it is no failure of the test.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    Run {
        code: output.status.code().expect("the program ends by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

fn check(project: &Project, file: &str, input: &str) -> Run {
    run(
        project,
        &["check", "-", "--stdin-filename", file],
        input.as_bytes(),
    )
}

#[test]
fn it_replaces_the_text_of_a_file() {
    let project = Project::new(&[("a/main.tf", CLUSTER), ("a/locals.tf", RIGHT)]);
    assert_eq!(project.run(&["check"]).code, 0);
    let wrong = check(&project, "a/locals.tf", WRONG);
    assert_eq!(wrong.code, 1, "{}", wrong.err);
    assert!(
        wrong.out.starts_with("a/main.tf:6:22: error[AKS104]"),
        "{}",
        wrong.out
    );
    assert_eq!(check(&project, "a/locals.tf", RIGHT).code, 0);
    let here = project.as_ref().join("a/locals.tf");
    assert_eq!(
        check(&project, here.to_str().expect("a plain path"), WRONG),
        wrong
    );
    assert_eq!(project.read("a/locals.tf"), RIGHT);
}

#[test]
fn the_file_need_not_be_there() {
    let project = Project::new(&[("a/main.tf", CLUSTER)]);
    assert_eq!(check(&project, "a/new.tf", WRONG).code, 1);
    assert_eq!(check(&project, "a/new.tf", RIGHT).code, 0);
    assert_eq!(check(&project, "new.tf", CLUSTER).code, 0);
    let show = ["show", "-", "--stdin-filename", "a/new.tf"];
    assert!(
        run(&project, &show, WRONG.as_bytes())
            .out
            .contains("10.0.0.0/16")
    );
}

#[test]
fn what_cannot_be_read_or_parsed_fails() {
    let project = Project::new(&[("main.tf", CLUSTER), ("locals.tf", RIGHT)]);
    let broken = check(&project, "locals.tf", &format!("{WRONG}locals {{"));
    assert_eq!(broken.code, 2);
    assert!(
        broken.out.contains("locals.tf:4:8: error[AKS001]"),
        "{}",
        broken.out
    );
    let args = ["check", "-", "--stdin-filename", "locals.tf"];
    let no_text = run(&project, &args, b"# \xff\n");
    assert_eq!(no_text.code, 2);
    assert!(
        no_text.out.contains("error[AKS002] cannot read locals.tf"),
        "{}",
        no_text.out
    );
    let endless = vec![b'#'; 5 << 20];
    let endless = run(&project, &args, &endless);
    assert_eq!(endless.code, 2);
    assert!(
        endless.out.contains("it is larger than 4 MiB"),
        "{}",
        endless.out
    );
}

#[test]
fn its_place_has_to_be_told() {
    let project = Project::new(&[("main.tf", CLUSTER)]);
    for (args, said) in [
        (&["check", "-"][..], "--stdin-filename"),
        (&["check", "--stdin-filename", "main.tf"], "`-`"),
        (&["check", "-", "--stdin-filename", "none/main.tf"], "none"),
        (
            &["check", "-", "--stdin-filename", "notes.txt"],
            "nothing under the paths",
        ),
    ] {
        let run = run(&project, args, RIGHT.as_bytes());
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.contains(said), "{args:?}: {}", run.err);
    }
}

#[test]
fn other_paths_may_stand_beside_it() {
    let project = Project::new(&[
        ("a/main.tf", CLUSTER),
        ("b/main.tf", CLUSTER),
        ("b/x.tf", WRONG),
    ]);
    let args = ["check", "-", "b", "--stdin-filename", "a/x.tf"];
    let run = run(&project, &args, WRONG.as_bytes());
    assert_eq!(run.out.matches("[AKS104]").count(), 2, "{}", run.out);
}
