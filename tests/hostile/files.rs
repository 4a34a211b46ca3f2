//! Files that are none, have no end, are too large, no text, elsewhere, or gone.

use super::{FAULTY, bounded};
use crate::support::cli::Project;

/// Returns a project with a fault, and what `bounded` finds in it.
fn faulty() -> Project {
    Project::new(&[("main.tf", FAULTY)])
}

/// Asserts that the fault is found, and nothing else is an error.
fn expect_the_fault(project: &Project, what: &str) {
    let run = bounded(project, &["check"]);
    assert_eq!(run.code, 1, "{what}: {}{}", run.out, run.err);
    assert!(run.out.contains("main.tf:6:22: error[AKS104]"), "{what}");
}

/// What has a meaning to aksnet by its name.
const NAMES: [&str; 10] = [
    ".gitignore",
    ".ignore",
    "below/.gitignore",
    "x.tf",
    "x_override.tf",
    "x.tf.json",
    "terraform.tfvars",
    "x.auto.tfvars",
    ".terraform.lock.hcl",
    "aksnet.toml",
];

#[test]
fn folders_with_the_names_of_files_are_not_read() {
    for name in NAMES {
        let project = faulty();
        std::fs::create_dir_all(project.as_ref().join(name)).expect("a folder can be made");
        expect_the_fault(&project, name);
    }
}

#[test]
fn large_files_are_not_read() {
    for name in [".gitignore", ".ignore", ".terraform.lock.hcl", "note.txt"] {
        let project = faulty();
        enlarge(&project, name);
        expect_the_fault(&project, name);
    }
    for name in ["x.tf", "x.auto.tfvars"] {
        let project = faulty();
        enlarge(&project, name);
        let run = bounded(&project, &["check", name, "main.tf"]);
        assert_eq!(run.code, 2, "{name}: {}", run.out);
        assert!(run.out.contains("is larger than"), "{name}: {}", run.out);
        assert!(run.out.contains("[AKS104]"), "{name}: {}", run.out);
    }
    let project = faulty();
    enlarge(&project, "aksnet.toml");
    let run = bounded(&project, &["check"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("is larger than"), "{}", run.err);
}

/// Makes a file of a gigabyte, which takes no place on most disks.
fn enlarge(project: &Project, name: &str) {
    let file = std::fs::File::create(project.as_ref().join(name)).expect("a file can be made");
    file.set_len(1 << 30).expect("a file can be long");
}

#[test]
fn bytes_that_are_no_text_are_told_and_the_rest_is_judged() {
    let texts: [(&str, Vec<u8>, i32); 8] = [
        (
            "not UTF-8",
            [FAULTY.as_bytes(), b"# Gr\xf6\xdfe\n"].concat(),
            2,
        ),
        (
            "a byte order mark",
            [b"\xef\xbb\xbf", FAULTY.as_bytes()].concat(),
            1,
        ),
        ("CRLF", FAULTY.replace('\n', "\r\n").into_bytes(), 1),
        ("lone CR", [FAULTY.as_bytes(), b"# a\rb\n"].concat(), 1),
        (
            "NUL in a string",
            FAULTY.replace("calico", "cal\0co").into_bytes(),
            1,
        ),
        ("NUL between", [FAULTY.as_bytes(), b"\0\0\n"].concat(), 2),
        (
            "a second mark",
            [FAULTY.as_bytes(), b"\xef\xbb\xbf\n"].concat(),
            2,
        ),
        (
            "an unclosed end",
            [FAULTY.as_bytes(), b"locals {"].concat(),
            2,
        ),
    ];
    for (what, bytes, code) in texts {
        let project = Project::new(&[]);
        std::fs::write(project.as_ref().join("main.tf"), bytes).expect("a file can be written");
        let run = bounded(&project, &["check"]);
        assert_eq!(run.code, code, "{what}: {}", run.out);
        assert!(
            run.out.contains("main.tf:6:22: error[AKS104]"),
            "{what}: {}",
            run.out
        );
    }
    let empty = Project::new(&[("main.tf", "")]);
    assert_eq!(bounded(&empty, &["check"]).code, 0);
}

#[test]
fn sources_of_modules_do_not_lead_out_of_the_project() {
    let outer = Project::new(&[
        (
            "away/main.tf",
            "resource \"azurerm_subnet\" \"SECRET\" {{{\n",
        ),
        ("inner/.git/HEAD", ""),
        ("inner/main.tf", FAULTY),
    ]);
    let sources = [
        "../away",
        "../../../../../../../etc",
        "/etc",
        "./../inner/../away",
        "",
        "\\u0000",
        "./nul\\u0000",
    ];
    let call =
        |(n, source): (usize, &&str)| format!("module \"m{n}\" {{\n  source = \"{source}\"\n}}\n");
    let calls: String = sources.iter().enumerate().map(call).collect();
    outer.write("inner/calls.tf", &calls);
    let run = bounded(&outer, &["check", "inner", "--undecided"]);
    assert!(matches!(run.code, 1 | 2), "{}{}", run.out, run.err);
    assert!(
        run.out.contains("[AKS104]") && !run.out.contains("SECRET"),
        "{}",
        run.out
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::{NAMES, expect_the_fault, faulty};
    use crate::hostile::{FAULTY, bounded};
    use crate::support::cli::Project;

    /// Makes a file whose reading never ends.
    fn pipe(project: &Project, path: &str) {
        let path = project.as_ref().join(path);
        let folder = path.parent().expect("a file is in a folder");
        std::fs::create_dir_all(folder).expect("a folder can be made");
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo starts").success());
    }

    fn link(project: &Project, target: &str, path: &str) {
        let path = project.as_ref().join(path);
        let folder = path.parent().expect("a file is in a folder");
        std::fs::create_dir_all(folder).expect("a folder can be made");
        symlink(target, path).expect("a link can be made");
    }

    #[test]
    fn pipes_are_not_read() {
        let more = [".git/info/exclude", ".terraform/modules/modules.json"];
        for name in NAMES.iter().chain(&more) {
            let project = faulty();
            pipe(&project, name);
            expect_the_fault(&project, name);
        }
        let project = faulty();
        std::fs::remove_dir(project.as_ref().join(".git")).expect("it is empty");
        pipe(&project, ".git");
        expect_the_fault(&project, ".git");
    }

    #[test]
    fn pipes_through_links_are_not_read() {
        for name in NAMES {
            let project = faulty();
            pipe(&project, "pipe");
            let up = "../".repeat(name.matches('/').count());
            link(&project, &format!("{up}pipe"), name);
            expect_the_fault(&project, name);
        }
    }

    #[test]
    fn devices_are_not_read() {
        for name in NAMES {
            let project = faulty();
            link(&project, "/dev/zero", name);
            expect_the_fault(&project, name);
        }
        let run = bounded(&faulty(), &["check", "--var-file", "/dev/zero"]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("it is larger than"), "{}", run.err);
    }

    #[test]
    fn ignore_files_outside_the_project_count_for_nothing() {
        let outer = Project::new(&[
            (".ignore", "*.tf\n"),
            (".gitignore", "*.tf\n"),
            ("inner/.git/HEAD", ""),
            ("inner/main.tf", FAULTY),
        ]);
        link(&outer, "../.ignore", "inner/.ignore");
        assert_eq!(bounded(&outer, &["check", "inner"]).code, 1);
        pipe(&outer, "inner/pipe/.gitignore");
        let inner = outer.as_ref().join("inner");
        std::fs::rename(inner.join("pipe/.gitignore"), outer.as_ref().join("pipe")).expect("moved");
        std::fs::rename(
            outer.as_ref().join("pipe"),
            outer.as_ref().join(".gitignore"),
        )
        .expect("moved");
        assert_eq!(bounded(&outer, &["check", "inner"]).code, 1);
    }

    #[test]
    fn links_lead_neither_round_nor_out() {
        let outer = Project::new(&[
            ("away/x.tf", "resource \"azurerm_subnet\" \"SECRET\" {{{\n"),
            ("inner/.git/HEAD", ""),
            ("inner/main.tf", FAULTY),
        ]);
        link(&outer, "../away", "inner/away");
        link(&outer, "../away/x.tf", "inner/x.tf");
        link(&outer, "self.tf", "inner/self.tf");
        link(&outer, "nowhere.tf", "inner/gone.tf");
        link(&outer, ".", "inner/round");
        let call = "module \"m\" {\n  source = \"./round/round/round\"\n}\n";
        outer.write("inner/call.tf", call);
        let run = bounded(&outer, &["check", "inner"]);
        assert_eq!(run.code, 1, "{}{}", run.out, run.err);
        assert!(
            run.out.contains("[AKS003]") && !run.out.contains("SECRET"),
            "{}",
            run.out
        );
    }

    #[test]
    fn names_may_hold_any_letter() {
        for name in [
            "a\nb.tf",
            "\u{1b}[31m.tf",
            "\u{202e}.tf",
            "a\\b.tf",
            " .tf",
            "\"q\".tf",
            "a:1:2.tf",
            "-.tf",
        ] {
            let project = Project::new(&[(name, FAULTY)]);
            let run = bounded(&project, &["check"]);
            assert_eq!(
                (run.code, run.out.lines().count()),
                (1, 1),
                "{name:?}: {}",
                run.out
            );
        }
    }

    #[test]
    fn files_that_vanish_while_they_are_read_do_no_harm() {
        let project = faulty();
        let folder = project.as_ref().join("come");
        std::fs::create_dir(&folder).expect("a folder can be made");
        let coming = std::thread::spawn(move || {
            for _ in 0..300 {
                for n in 0..20 {
                    std::fs::write(folder.join(format!("f{n}.tf")), "locals {}\n")
                        .expect("a file can be written");
                }
                for n in 0..20 {
                    std::fs::remove_file(folder.join(format!("f{n}.tf")))
                        .expect("a file can be removed");
                }
            }
        });
        while !coming.is_finished() {
            let run = bounded(&project, &["check"]);
            assert!(run.out.contains("[AKS104]"), "{}{}", run.out, run.err);
        }
        coming.join().expect("files come and go");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_no_text_is_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let name = |bytes: &'static [u8]| OsStr::from_bytes(bytes);
    let project = faulty();
    let note = project.as_ref().join(name(b"n\xff.txt"));
    std::fs::write(note, "x").expect("a file can be written");
    expect_the_fault(&project, "another file");
    let write = |file: &OsStr, text: &str| {
        let folder = project.as_ref().join("net");
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        std::fs::write(folder.join(file), text).expect("a file can be written");
    };
    write(name(b"s\xff.tf"), FAULTY);
    for path in [".", "net"] {
        let run = bounded(&project, &["check", "--format", "concise", path]);
        assert_eq!(run.code, 2, "{}{}", run.out, run.err);
        let told = "net/s\u{fffd}.tf:1:1: error[AKS002] cannot read net/s\u{fffd}.tf: its name is not UTF-8";
        assert!(run.out.contains(told), "{}", run.out);
    }
    let folder = project.as_ref().join(name(b"d\xfe"));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    std::fs::write(folder.join("main.tf"), FAULTY).expect("a file can be written");
    let run = bounded(&project, &["check", "--format", "concise"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(
        run.out.contains("main.tf:6:22: error[AKS104]"),
        "{}",
        run.out
    );
}
