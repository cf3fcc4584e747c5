// The one script of a class. Everything works without it, by forms and by loading the
// page again; with it the screen follows the lead, and leaving is one key away. It
// stores nothing, and sends nothing but the buttons that are pressed.
//
// Whatever fails in it leaves the page as it is without a script: a form is only taken
// over once its request is on its way, and after an error nothing is taken over any
// more. It asks for nothing that browsers of 2017 don't have.
//
// It is loaded before the page is shown, so that the keys for leaving work from the
// first word on.
(() => {
  "use strict";
  let live = null, leaveForm = null, token = null; // Known once the page is there.
  let leaving = false; // From here on nothing that arrives changes the page.
  let plain = false;   // Something has failed: the browser does it alone.
  let source = null;   // The stream of news.
  let timers = [];

  const later = (f, ms) => { timers.push(setTimeout(safely(f), ms)); };
  const stop = () => {
    timers.forEach(clearTimeout);
    timers = [];
    if (source) source.close();
    source = null;
  };

  // After an error the page looks after itself: where there is nothing to press it is
  // loaded again every few seconds, and a button for it stands there anyway.
  const giveUp = () => {
    if (leaving || plain) return;
    plain = true;
    try { stop(); } catch (e) { source = null; }
    showAgain(true);
    setTimeout(() => {
      if (!leaving && live && !document.querySelector("#now form, #now[data-ended=true]")) location.reload();
    }, 4000 + 2000 * Math.random());
  };
  const safely = (f) => (e) => {
    if (leaving || plain) return;
    try { f(e); } catch (err) { giveUp(); }
  };
  const showAgain = (yes) => {
    const again = document.getElementById("again");
    if (again) again.hidden = !yes;
  };

  // Leaving: first the stream is closed, so that nothing of it can lead elsewhere, then
  // the screen is empty, then the seat is given up, and the empty page takes the place of
  // this one in the history.
  const blank = () => {
    document.title = "";
    if (!document.body) return;
    document.body.textContent = "";
    if (!leaveForm) return;
    leaveForm.hidden = true;
    document.body.appendChild(leaveForm); // The way to leave that needs no script.
  };
  const leave = () => {
    if (leaving) return;
    leaving = true;
    try { stop(); } catch (e) { source = null; }
    try { blank(); } catch (e) { /* It is gone in a moment anyway. */ }
    let told = false;
    try {
      told = navigator.sendBeacon("/leave", new Blob([leaveForm ? encoded(leaveForm, null) : ""], { type: "application/x-www-form-urlencoded" }));
    } catch (e) { told = false; }
    if (told || !leaveForm) location.replace("/away");
    else leaveForm.submit();
  };

  // A page that the browser keeps for going back is empty, and is loaded anew when
  // somebody does.
  addEventListener("pagehide", () => {
    leaving = true;
    try { stop(); } catch (e) { source = null; }
    try { blank(); } catch (e) { /* Then it is not empty, and loaded anew all the same. */ }
  });
  addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });

  // Keys are told by what they type, and where that is no Latin letter by where they
  // are: ctrl+x is the same key on a Cyrillic keyboard.
  const isKey = (e, letter) => {
    const key = (e.key || "").toLowerCase();
    return key === letter || (!/^[a-z]$/.test(key) && e.code === "Key" + letter.toUpperCase());
  };
  let presses = [];
  document.addEventListener("keydown", (e) => {
    if (e.repeat) return;
    const at = e.target || {};
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName || "") && at.type !== "radio";
    if (e.ctrlKey && !e.altKey && !typing && isKey(e, "x")) { e.preventDefault(); leave(); return; }
    const key = e.key === "Shift" ? "shift" : !typing && !e.ctrlKey && !e.altKey && !e.metaKey && isKey(e, "q") ? "q" : "";
    presses = key ? presses.filter((p) => p.key === key && e.timeStamp - p.at < 2000).concat([{ key: key, at: e.timeStamp }]) : [];
    if (presses.length >= 3) leave();
  });

  // A form, as a browser sends it.
  const encoded = (form, button) => {
    const pairs = [];
    const add = (name, value) => { pairs.push(encodeURIComponent(name) + "=" + encodeURIComponent(value)); };
    let own = false;
    for (let i = 0; i < form.elements.length; i++) {
      const f = form.elements[i];
      if (!f.name || f.disabled || f.tagName === "BUTTON" || (f.type === "radio" && !f.checked)) continue;
      own = own || f.name === "form";
      add(f.name, f.value);
    }
    if (button && button.name) add(button.name, button.value);
    if (token && !own) add("form", token.value);
    return pairs.join("&");
  };

  // A request, and what becomes of it: the answer, or none.
  const ask = (method, path, body, done, failed) => {
    const x = new XMLHttpRequest();
    x.open(method, path);
    x.timeout = 10000;
    x.setRequestHeader("X-Fragment", "1");
    if (body !== null) x.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    x.onload = safely(() => done(x));
    x.onerror = x.ontimeout = safely(failed);
    x.send(body);
  };
  // Whether an answer is for this script, and not a page for a reader.
  const isOurs = (x) => x.status === 200 && x.getResponseHeader("X-Fragment") === "1";

  // Which button has sent a form: browsers before 2021 don't say.
  let pressed = null;
  document.addEventListener("click", (e) => {
    let at = e.target;
    while (at && at.tagName !== "BUTTON") at = at.parentNode;
    pressed = at;
  }, true);

  document.addEventListener("submit", (e) => {
    const form = e.target;
    try {
      if (form.id === "leave") {
        leave();
        e.preventDefault();
        return;
      }
      if (leaving || plain) return;
      const button = e.submitter || (pressed && pressed.form === form ? pressed : null);
      if (form.className === "join" && join(form, button) || live && button && form.getAttribute("data-swap") && send(form, button)) e.preventDefault();
    } catch (err) { giveUp(); }
  });

  // Joining. The page of the seat takes the place of this one, so that nothing of the
  // class is left in the history but one page.
  let joining = false;
  const join = (form, button) => {
    if (joining) return true; // Once is enough: it takes a seat.
    const byHand = () => {
      if (button && button.name) {
        const as = document.createElement("input");
        as.type = "hidden";
        as.name = button.name;
        as.value = button.value;
        form.appendChild(as);
      }
      form.submit();
    };
    ask("POST", form.getAttribute("action"), encoded(form, button), (x) => {
      if (isOurs(x) && x.responseText.indexOf("/seat") === 0) { location.replace(x.responseText); return; }
      joining = false;
      const said = new DOMParser().parseFromString(x.responseText, "text/html").querySelector("main");
      const main = document.querySelector("main");
      if (!said || !main) { location.reload(); return; }
      main.innerHTML = said.innerHTML;
      const code = document.getElementById("code");
      if (code) code.focus();
    }, byHand);
    joining = true;
    return true;
  };

  let last = "";
  const now = () => document.getElementById("now");
  const ended = () => !!now() && now().getAttribute("data-ended") === "true";
  const all = (what) => Array.prototype.slice.call(live.querySelectorAll(what));
  // The first piece of news is most often what the page shows already: then nothing is
  // put in its place, under a finger that is about to press something.
  const shown = (html) => {
    const come = document.createElement("div"), here = live.cloneNode(true);
    come.innerHTML = html;
    here.innerHTML = bare(here.innerHTML);
    Array.prototype.slice.call(here.querySelectorAll("input[name=form]")).forEach((f) => { f.parentNode.removeChild(f); });
    return come.innerHTML === here.innerHTML;
  };
  // What comes without its padding, which is no news.
  const bare = (html) => html.replace(/\s*(<!--0*-->\s*)?$/, "");
  let first = true;
  const take = (padded) => {
    const html = bare(padded);
    showAgain(false);
    if (html === last) return;
    if (first && shown(html)) last = html;
    first = false;
    if (html === last) return;
    const at = () => { const f = live.querySelector("input[name=at]"); return f ? f.value : ""; };
    const say = document.getElementById("say");
    const words = say ? say.value : "";
    const inside = live.contains(document.activeElement);
    const open = all("details").map((d) => d.open);
    const was = at();
    const ticked = all("input[type=radio]").map((r) => r.checked);
    live.innerHTML = html;
    last = html;
    if (!now()) throw new Error("no page");
    now().classList.add("fresh");
    all("details").forEach((d, i) => { d.open = !!open[i]; });
    if (was === at()) all("input[type=radio]").forEach((r, i) => { r.checked = !!ticked[i]; });
    if (document.getElementById("say")) document.getElementById("say").value = words;
    if (token) all("form").forEach((f) => { if (!f.elements.namedItem("form")) f.appendChild(token.cloneNode()); });
    if (inside) now().focus({ preventScroll: true });
    if (ended()) stop();
  };

  // What is pressed goes out in order, one request at a time: the last one counts, and
  // what was thought better of before it was sent is not sent. One that gets lost, since
  // a machine has died, is sent again for ten seconds: what arrives twice counts once.
  let flying = false, next = null;
  const send = (form, button) => {
    next = { action: form.getAttribute("action"), body: encoded(form, button), since: Date.now() };
    fly();
    return true;
  };
  const fly = () => {
    if (flying || !next) return;
    const it = next;
    next = null;
    const lost = () => {
      flying = false;
      if (!next && Date.now() - it.since > 10000) { location.reload(); return; }
      next = next || it;
      const status = document.getElementById("status");
      if (status) status.textContent = live.getAttribute("data-late");
      later(fly, 500);
    };
    ask("POST", it.action, it.body, (x) => {
      if (x.status >= 500 || x.status === 429) { lost(); return; }
      flying = false;
      if (!isOurs(x)) { location.replace("/seat"); return; }
      if (!next) {
        last = "";
        take(x.responseText);
        if (it.action === "/step") scrollTo(0, 0);
      }
      fly();
    }, lost);
    flying = true;
  };

  // The news come as a stream, with a beat every two seconds. Where the first piece
  // doesn't come within three seconds something between holds the stream back, as some
  // filters do until a page is complete: then the page asks, every two to three seconds,
  // and tries the stream again after a minute. When nothing has come for six seconds, the
  // machine at the other end is taken for dead: another one is asked, both ways.
  let begun = 0, heard = 0, fed = false, polling = false, tries = 0;
  const connect = () => {
    if (source) source.close();
    source = null;
    begun = heard = Date.now();
    fed = false;
    try { source = new EventSource("/live"); } catch (e) { poll(); return; }
    const mine = source;
    const on = (name, f) => mine.addEventListener(name, safely((e) => {
      if (mine !== source) return;
      heard = Date.now();
      fed = true;
      polling = false;
      f(e);
    }));
    on("now", (e) => take(JSON.parse(e.data)));
    on("beat", () => {});
    on("gone", () => { stop(); location.replace("/seat"); });
  };
  const poll = () => {
    if (polling) return;
    polling = true;
    tries = 0;
    asks();
  };
  const asks = () => {
    if (!polling || ended()) return;
    const soon = () => { later(asks, (2000 + 1000 * Math.random()) * Math.min(1 << tries, 4)); };
    const lost = () => { tries = Math.min(tries + 1, 2); soon(); };
    ask("GET", "/live?once=1", null, (x) => {
      if (x.status >= 500 || x.status === 429) { lost(); return; }
      if (!isOurs(x)) { stop(); location.replace("/seat"); return; }
      tries = 0;
      if (polling && !flying) take(x.responseText);
      soon();
    }, lost);
  };
  const watch = () => {
    if (ended()) { stop(); return; }
    const quiet = Date.now() - heard;
    if (source && !fed && Date.now() - begun > 3000) {
      source.close();
      source = null;
      poll();
    } else if (source && fed && quiet > 6000) {
      connect();
      poll();
    } else if (!source && Date.now() - begun > 60000) {
      connect();
    }
    later(watch, 500);
  };

  const start = () => {
    live = document.getElementById("live");
    leaveForm = document.getElementById("leave");
    token = leaveForm && leaveForm.elements.namedItem("form");
    const hint = document.getElementById("leavehint");
    if (hint) hint.textContent = hint.getAttribute("data-script");
    if (!live) return;
    try { history.replaceState(null, "", "/seat"); } catch (e) { /* Then the address is a longer one. */ }
    connect();
    later(watch, 500);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", safely(start));
  else safely(start)();
})();
