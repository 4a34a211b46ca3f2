//! Functions of Bicep that read files, named as seen from the folder of the file that names them. The compiler refuses what is
//! not there.

use crate::eval::failure::Failure;
use crate::eval::files::Files;
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, encoding, files, yaml};
use crate::source::FilePath;
use crate::value::{Cause, Kind, Node, Tree, Unknown};

/// A function that may read files below a folder.
type LoadingFunction = fn(&mut Call<'_>, &mut Files<'_>, &FilePath) -> Answer;

/// All functions that read files, by their names in small letters.
const FUNCTIONS: &[(&str, LoadingFunction)] = &[
    ("loaddirectoryfileinfo", load_directory_file_info),
    ("loadfileasbase64", load_file_as_base64),
    ("loadjsoncontent", load_json_content),
    ("loadtextcontent", load_text_content),
    ("loadyamlcontent", load_yaml_content),
];

/// Returns the function of a name in any letter case that may read files; `None` when there is none.
pub(crate) fn find_loading(name: &str) -> Option<LoadingFunction> {
    let name = super::plain(name);
    let found = FUNCTIONS
        .iter()
        .find(|(known, _)| name.eq_ignore_ascii_case(known))?;
    Some(found.1)
}

/// Returns a path as the functions that read files want it: they start from the root's folder.
fn path(call: &mut Call<'_>, folder: &FilePath, path: &Tree) -> Result<FilePath, Failure> {
    let text = Reader::any().exact_text(path)?;
    let outside = || Failure::Unknown(Unknown::new(Cause::Function, call.here));
    folder.join(&text).ok_or_else(outside)
}

/// Reads a text; one in another encoding than UTF-8 is not known.
fn text(
    call: &mut Call<'_>,
    files: &mut Files<'_>,
    folder: &FilePath,
    named: &Tree,
    encoding: Option<&Tree>,
) -> Result<String, Failure> {
    let path = path(call, folder, named)?;
    if let Some(encoding) = encoding {
        let encoding = Reader::any().exact_text(encoding)?;
        if !encoding.eq_ignore_ascii_case("utf-8") {
            return Err(call.not_supported(Kind::Text));
        }
    }
    let text = files::text_at(call, files, &path)?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), str::to_owned))
}

/// `loadTextContent(path, encoding)`
fn load_text_content(call: &mut Call<'_>, files: &mut Files<'_>, folder: &FilePath) -> Answer {
    let text = match call.args {
        [path] => text(call, files, folder, path, None),
        [path, encoding] => text(call, files, folder, path, Some(encoding)),
        _ => Err(call.arity()),
    };
    Ok(call.make(text.map_err(|failure| of_kind(failure, Kind::Text))?))
}

fn of_kind(failure: Failure, kind: Kind) -> Failure {
    match failure {
        Failure::Unknown(unknown) => Failure::Unknown(unknown.of_kind(kind).not_null()),
        wrong @ Failure::Wrong(_) => wrong,
    }
}

/// `loadFileAsBase64(path)`
fn load_file_as_base64(call: &mut Call<'_>, files: &mut Files<'_>, folder: &FilePath) -> Answer {
    let [named] = call.args else {
        return Err(call.arity());
    };
    let path = path(call, folder, named).map_err(|failure| of_kind(failure, Kind::Text))?;
    let bytes = files::bytes_at(call, files, &path)?;
    call.create(bytes.len().saturating_mul(2))?;
    Ok(call.make(encoding::base64(&bytes)))
}

/// `loadJsonContent(path, place, encoding)`
fn load_json_content(call: &mut Call<'_>, files: &mut Files<'_>, folder: &FilePath) -> Answer {
    load(call, files, folder, super::conversion::json)
}

/// `loadYamlContent(path, place, encoding)`
fn load_yaml_content(call: &mut Call<'_>, files: &mut Files<'_>, folder: &FilePath) -> Answer {
    load(call, files, folder, |call| {
        yaml::decode(call).map_err(|failure| match failure {
            Failure::Wrong(_) => Failure::Unknown(Unknown::new(Cause::NotSupported, call.here)),
            unknown @ Failure::Unknown(_) => unknown,
        })
    })
}

fn load(
    call: &mut Call<'_>,
    files: &mut Files<'_>,
    folder: &FilePath,
    decode: crate::eval::functions::Function,
) -> Answer {
    let [named, more @ ..] = call.args else {
        return Err(call.arity());
    };
    let content = text(call, files, folder, named, more.get(1)).map_err(forget_kind)?;
    let content = call.text(content)?;
    let value = super::with(call, &[content], decode)?;
    match more.first() {
        None => Ok(value),
        Some(place) => {
            let place = Reader::any().exact_text(place)?;
            at(&value, &place)
                .ok_or_else(|| Failure::Unknown(Unknown::new(Cause::NotSupported, call.here)))
        }
    }
}

fn forget_kind(failure: Failure) -> Failure {
    match failure {
        Failure::Unknown(unknown) => Failure::Unknown(unknown.forget()),
        wrong @ Failure::Wrong(_) => wrong,
    }
}

/// Returns what lies at a JSON path of plain names: `$.a.b`, `a.b`.
fn at(value: &Tree, place: &str) -> Option<Tree> {
    let rest = place.strip_prefix('$').unwrap_or(place);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let mut value = value;
    for name in rest.split('.').filter(|_| !rest.is_empty()) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if name.is_empty() || !name.chars().all(plain) {
            return None;
        }
        value = match &value.node {
            Node::Object(object) => object.entries.get(name)?,
            _ => return None,
        };
    }
    Some(value.clone())
}

/// `loadDirectoryFileInfo(path, pattern)`
fn load_directory_file_info(call: &mut Call<'_>, _: &mut Files<'_>, _: &FilePath) -> Answer {
    Err(call.not_supported(Kind::List))
}
