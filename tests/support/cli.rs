//! The built program: runs it as a user does, in a folder, with an environment that says nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use super::package;

/// What a run left behind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// Runs aksnet in a folder.
pub(crate) fn aksnet(folder: &Path, args: &[&str]) -> Run {
    aksnet_with(folder, args, &[])
}

/// Runs aksnet in a folder with some variables of the environment; of the caller's own it sees none.
pub(crate) fn aksnet_with(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_aksnet"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs([("LANG", "C.UTF-8"), ("COLUMNS", "100")])
        .envs(variables.iter().copied())
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    Run {
        code: output.status.code().expect("the program ends by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A project of its own in a temporary folder, which goes when this goes.
pub(crate) struct Project(PathBuf);

impl Project {
    /// Writes files by path and text.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("aksnet-{}-{number}", std::process::id());
        let project = Project(std::env::temp_dir().join(name));
        // A project root ends where a repository begins.
        fs::create_dir_all(project.0.join(".git")).expect("a temporary folder can be made");
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// Copies the example project.
    pub(crate) fn example() -> Self {
        Project::fixture("terraform/example")
    }

    /// Copies a project of `fixtures/`.
    pub(crate) fn fixture(name: &str) -> Self {
        let project = Project::new(&[]);
        copy(&package().join("fixtures").join(name), &project.0);
        project
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.0.join(path);
        let folder = file.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(&file, text).expect("a file can be written");
    }

    /// Returns the text of a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("the file is there")
    }

    /// Runs aksnet in the project's folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        aksnet(&self.0, args)
    }
}

impl AsRef<Path> for Project {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        // That a folder stays behind is no reason to fail.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder of fixtures") {
        let path = entry.expect("an entry of fixtures").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}
