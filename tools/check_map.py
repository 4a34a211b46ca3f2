#!/usr/bin/env python3
"""Looks at the address map as a browser shows it.

Draws each project of fixtures/map as a page and as a drawing, loads both in a headless Chromium at three widths, light and
dark, and checks that every range lies inside its parent, that neither ranges nor texts lie on each other, that nothing runs
out of the view, that all can be reached with the keyboard, and that no request leaves the page.

    tools/check_map.py [--aksnet PROGRAM] [--shots FOLDER] [MAP]...

With maps given, looks at those instead.

Chromium is installed with apt-get where it is missing. Needs nothing but Python otherwise.
"""

import argparse
import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = (400, 1000, 1600)
SCHEMES = ("light", "dark")
# Longer than any answer takes on a busy machine.
PATIENCE = 60

CHECK = r"""
(() => {
  const faults = [];
  const say = (what, element) => faults.push(what + ': ' + element.outerHTML.slice(0, 160));
  const slack = 0.75;
  const width = document.documentElement.clientWidth || innerWidth;
  const isPage = document.documentElement.localName === 'html';
  if (document.documentElement.scrollWidth > width) faults.push('the page is wider than the view');
  const box = element => element.getBoundingClientRect();
  const apart = (a, b) => a.right - slack <= b.left || b.right - slack <= a.left || a.bottom - slack <= b.top || b.bottom - slack <= a.top;
  const inside = (a, b) => a.left >= b.left - slack && a.right <= b.right + slack && a.top >= b.top - slack && a.bottom <= b.bottom + slack;
  const ranges = [...document.querySelectorAll('main .range, rect.range')];
  if (isPage) {
    for (const part of document.querySelectorAll('main .range, main .fill, main .clash, main .free')) {
      if (!inside(box(part), box(part.parentElement))) say('outside its parent', part);
      if (part.matches('.range, .clash') && box(part).width <= 0) say('without a width', part);
    }
    for (const strip of document.querySelectorAll('.strip')) {
      const own = [...strip.querySelectorAll(':scope > .range')];
      own.forEach((a, at) => own.slice(at + 1).forEach(b => { if (!apart(box(a), box(b))) say('lies on another range', a); }));
    }
  } else {
    const view = document.documentElement.viewBox.baseVal;
    for (const rect of document.querySelectorAll('rect')) {
      const [x, y, w, h] = ['x', 'y', 'width', 'height'].map(name => rect[name].baseVal.value);
      if (x < 0 || y < 0 || w <= 0 || h <= 0 || x + w > view.width + 0.01 || y + h > view.height) say('out of the view', rect);
    }
    ranges.forEach((a, at) => ranges.slice(at + 1).forEach(b => { if (!apart(box(a), box(b))) say('lies on another range', a); }));
  }
  for (const range of ranges) {
    if (box(range).left < -slack || box(range).right > width + slack) say('out of the view', range);
  }
  // What is seen of a text: its boxes without what its ancestors cut off.
  const seen = [];
  const walker = document.createTreeWalker(isPage ? document.body : document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.textContent.trim() || !parent || parent.closest('style, title, .tip')) continue;
    const part = document.createRange();
    part.selectNodeContents(node);
    for (const rect of part.getClientRects()) {
      let {left, right, top, bottom} = rect;
      for (let up = parent; up; up = up.parentElement) {
        const clips = up.localName === 'svg' ? up !== document.documentElement : getComputedStyle(up).overflow !== 'visible';
        if (!clips) continue;
        let cut = box(up);
        if (up.localName === 'svg') {
          const ctm = document.documentElement.getScreenCTM();
          const [x, y, w, h] = ['x', 'y', 'width', 'height'].map(name => up[name].baseVal.value);
          cut = {left: x * ctm.a + ctm.e, right: (x + w) * ctm.a + ctm.e, top: y * ctm.d + ctm.f, bottom: (y + h) * ctm.d + ctm.f};
        }
        left = Math.max(left, cut.left); right = Math.min(right, cut.right);
        top = Math.max(top, cut.top); bottom = Math.min(bottom, cut.bottom);
      }
      if (right - left > 1 && bottom - top > 1) {
        if (right > width + slack || left < -slack) say('a text runs out of the view', parent);
        seen.push({left, right, top, bottom, node, parent});
      }
    }
  }
  seen.sort((a, b) => a.top - b.top);
  seen.forEach((a, at) => {
    for (const b of seen.slice(at + 1)) {
      if (b.top >= a.bottom) break;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - b.top;
      if (a.node !== b.node && across > 1.5 && down > 4) say('a text lies on "' + b.node.textContent.slice(0, 30) + '"', a.parent);
    }
  });
  if (isPage) {
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
    if (new Set(ids).size !== ids.length) faults.push('an id stands twice');
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      if (!document.getElementById(link.getAttribute('href').slice(1))) say('leads nowhere', link);
    }
    for (const range of document.querySelectorAll('main .range')) {
      if (range.tabIndex < 0 || !range.getAttribute('aria-label')) say('not to be reached with the keyboard', range);
    }
  }
  for (const element of document.querySelectorAll('*')) {
    if (/^(script|img|iframe|object|embed|foreignObject)$/i.test(element.localName)) say('does not belong here', element);
    for (const {name} of element.attributes) if (/^on/i.test(name)) say('an attribute that acts', element);
  }
  return {faults: faults.slice(0, 20), ranges: ranges.length, texts: seen.length,
          height: Math.ceil(document.documentElement.scrollHeight || box(document.documentElement).height)};
})()
"""

FOCUS = r"""
(() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const all = [...document.querySelectorAll('main .range')];
  const some = all.filter((_, at) => at < 8 || at >= all.length - 4);
  for (const range of some) {
    range.focus({focusVisible: true});
    if (document.activeElement !== range) { faults.push('takes no focus: ' + range.outerHTML.slice(0, 120)); continue; }
    if (getComputedStyle(range).outlineStyle === 'none') faults.push('focus is not seen: ' + range.outerHTML.slice(0, 120));
    const tip = range.closest('.entry') ? range.closest('.entry').querySelector('.tip') : range.nextElementSibling;
    const box = tip.getBoundingClientRect();
    if (box.height === 0) faults.push('details are not shown: ' + range.outerHTML.slice(0, 120));
    if (box.left < 0 || box.right > width) faults.push('details run out of the view: ' + range.outerHTML.slice(0, 120));
    if (tip.scrollWidth > tip.clientWidth + 1) faults.push('details are cut: ' + range.outerHTML.slice(0, 120));
  }
  return faults;
})()
"""


class Browser:
    """A Chromium that is told what to do over a pair of pipes."""

    def __init__(self, program, folder):
        read, self.to = os.pipe()
        self.answers, write = os.pipe()

        def pipes():
            os.dup2(read, 3)
            os.dup2(write, 4)

        # The program reads 3 and writes 4; ours must not lie there.
        read, write = (os.dup(end) if end in (3, 4) else end for end in (read, write))
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
                     "--disable-background-networking", "--disable-component-update", "--no-first-run",
                     "--disable-dev-shm-usage", f"--user-data-dir={folder}", "about:blank"]
        self.process = subprocess.Popen([program, *arguments], preexec_fn=pipes, close_fds=False,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.number = itertools.count(1)
        self.waiting, self.events, self.session = b"", [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")

    def receive(self, until):
        while b"\0" not in self.waiting:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.answers], [], [], left)[0]:
                raise TimeoutError("Chromium does not answer")
            more = os.read(self.answers, 1 << 20)
            if not more:
                raise RuntimeError("Chromium has ended")
            self.waiting += more
        message, self.waiting = self.waiting.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        number = next(self.number)
        message = {"id": number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            answer = self.receive(until)
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def load(self, url, width, scheme):
        self.events.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.navigate", url=url)
        until = time.monotonic() + PATIENCE
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive(until))

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")

    def requests(self):
        sent = (event for event in self.events if event.get("method") == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"] for event in sent]

    def shoot(self, path, width, height):
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, 6000), "scale": 1}
        shot = self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


def chromium():
    """Returns the browser; installs it where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    quiet = {"stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update"], check=True, **quiet)
    packages = ["chromium", "fonts-dejavu-core"]
    subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *packages], check=True, **quiet)
    return shutil.which("chromium") or sys.exit("Chromium is not there and cannot be installed")


def draw(aksnet, folder):
    """Draws each project; returns the files."""
    drawn = []
    for project in sorted(path for path in (ROOT / "fixtures/map").iterdir() if path.is_dir()):
        for form in ("html", "svg"):
            path = folder / f"{project.name}.{form}"
            command = [aksnet, "capacity", project, "--format", form, "--output", path, "--as-of", "2026-11-22"]
            if (project / "aksnet.toml").exists():
                command += ["--config", project / "aksnet.toml"]
            subprocess.run(command, check=True)
            drawn.append(path)
    return drawn


def check(browser, path, width, scheme, shots):
    """Returns what is wrong with a file in a view."""
    browser.load(path.as_uri(), width, scheme)
    seen = browser.evaluate(CHECK)
    faults = list(seen["faults"])
    if seen["ranges"] == 0 or seen["texts"] == 0:
        faults.append("nothing is drawn")
    if shots:
        browser.shoot(shots / f"{path.stem}-{path.suffix[1:]}-{width}-{scheme}.png", width, seen["height"])
    if path.suffix == ".html":
        faults += browser.evaluate(FOCUS)
    own = path.as_uri()
    faults += [f"asks for {url[:80]}" for url in browser.requests() if url != own and not url.startswith("data:")]
    return faults


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    arguments.add_argument("--aksnet", default=target / "debug/aksnet", help="the program [default: that of cargo build]")
    arguments.add_argument("--shots", type=Path, help="a folder for pictures of what is seen")
    arguments.add_argument("maps", nargs="*", type=Path, metavar="MAP", help="pages and drawings to look at")
    given = arguments.parse_args()
    if given.shots:
        given.shots.mkdir(parents=True, exist_ok=True)
    wrong = views = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        drawn = [path.resolve() for path in given.maps] or draw(given.aksnet, folder)
        browser = Browser(chromium(), folder / "profile")
        try:
            for path in drawn:
                # A drawing has one width of its own.
                widths = WIDTHS if path.suffix == ".html" else (1000,)
                for width, scheme in itertools.product(widths, SCHEMES):
                    views += 1
                    for fault in check(browser, path, width, scheme, given.shots):
                        wrong += 1
                        print(f"{path.name} {width} {scheme}: {fault}")
        finally:
            browser.close()
    print(f"{views} views of {len(drawn)} maps, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
