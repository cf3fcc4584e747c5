// The one script of a class. Everything works without it, by forms and by loading the
// page again; with it the screen follows the lead, and leaving is one key away. It
// stores nothing, and sends nothing but the buttons that are pressed. A line that is typed
// is heard here, by a worker that can connect to nothing (hear.js).
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
    deafen();
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

  // A page that the browser keeps for going back is empty.
  addEventListener("pagehide", () => {
    leaving = true;
    try { stop(); } catch (e) { source = null; }
    try { blank(); } catch (e) { /* Then it is not empty, and loaded anew all the same. */ }
  });
  wayoutPage.leavesBy(leave);

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

  document.addEventListener("submit", (e) => {
    const form = e.target;
    try {
      if (form.id === "leave") {
        leave();
        e.preventDefault();
        return;
      }
      if (leaving || plain) return;
      const button = wayoutPage.sentBy(e);
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
  let early = true;
  const take = (padded) => {
    const html = bare(padded);
    showAgain(false);
    if (html === last) return;
    if (early && shown(html)) last = html;
    early = false;
    if (html === last) return;
    const at = () => { const f = live.querySelector("input[name=at]"); return f ? f.value : ""; };
    const say = document.getElementById("say");
    const words = say ? say.value : "";
    const inside = live.contains(document.activeElement);
    const told = document.getElementById("heard") && document.getElementById("heard").innerHTML;
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
    if (was === at() && told && document.getElementById("heard")) document.getElementById("heard").innerHTML = told;
    listen();
    if (token) all("form").forEach((f) => { if (!f.elements.namedItem("form")) f.appendChild(token.cloneNode()); });
    if (inside) wayoutPage.focusNow();
    fit();
    if (ended()) stop();
  };

  // Those whom a projector is for can't scroll it: what is too long for it is written
  // smaller, and of what is still too long the end is shown, where the result stands.
  const fit = () => {
    const page = document.documentElement;
    if (!/^projector/.test(page.className)) return;
    page.className = "projector";
    const over = () => page.scrollHeight > innerHeight;
    for (let i = 1; i <= 4 && over(); i++) page.className = "projector fit" + i;
    scrollTo(0, over() ? page.scrollHeight : 0);
  };
  addEventListener("resize", safely(fit));

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

  // A line to type. The recogniser is loaded once there is one, and the button for it is
  // only shown once it can hear. Whatever fails in it leaves the page as it is without: a
  // place to try the line, and model answers.
  let ears = null, hears = false, deaf = false; // The worker; whether it can hear; whether it never will.
  let asking = 0;      // Counts what the worker was asked, so that a late answer is known.
  let typed = "";      // What stood in the field last.
  let line = "";       // What was said last, until it is answered.
  let moves = [];      // What was asked about it: a number that is typed next may be the answer.
  let words = null;    // In which it is told what was heard.
  let first = null;    // The help that comes first, while it is shown.
  const deafen = () => {
    deaf = true;
    hears = false;
    if (ears) try { ears.terminate(); } catch (e) { /* It's gone. */ }
    ears = null;
    const at = document.getElementById("ears");
    if (at) at.hidden = true;
  };
  const quietly = (f) => (e) => {
    if (leaving || plain || deaf) return;
    try { f(e); } catch (err) { deafen(); }
  };
  const load = (path, kind, done) => {
    const x = new XMLHttpRequest();
    x.open("GET", path);
    x.responseType = kind;
    x.timeout = 60000;
    x.onload = quietly(() => {
      if (x.status !== 200 || !x.response) { deafen(); return; }
      done(x.response);
    });
    x.onerror = x.ontimeout = quietly(deafen);
    x.send();
  };
  const listen = quietly(() => {
    const at = document.getElementById("ears");
    if (!at) return;
    if (hears) { at.hidden = false; return; }
    if (ears) return;
    if (!window.Worker || !window.WebAssembly || !document.createElement("template").content) { deafen(); return; }
    ears = new Worker("/hear.js");
    ears.onerror = quietly((e) => { e.preventDefault(); deafen(); });
    ears.onmessage = quietly((e) => {
      if (e.data.answer) { answered(e.data); return; }
      if (!e.data.ready) { deafen(); return; }
      hears = true;
      listen();
    });
    load("/hear.words", "json", (it) => {
      words = it;
      load("/hear.frames", "arraybuffer", (frames) => load("/hear.weights", "arraybuffer", (weights) => load("/hear.wasm", "arraybuffer", (program) => {
        ears.postMessage({ program: program, frames: frames, weights: weights }, [program, frames, weights]);
      })));
    });
  });
  const askEars = (what) => {
    const at = document.getElementById("ears");
    what.rehearsal = JSON.parse(at.getAttribute("data-rehearsal"));
    what.phrases = words.phrases;
    what.turn = ++asking;
    ears.postMessage(what);
  };
  // What was typed is only ever put on the page as text, never as HTML.
  const part = (to, tag, text, name) => {
    const p = document.createElement(tag);
    p.textContent = text;
    if (name) p.className = name;
    to.appendChild(p);
    return p;
  };
  const answered = (it) => {
    const at = document.getElementById("heard"), a = it.answer;
    if (!at || it.turn !== asking) return;
    at.textContent = "";
    moves = a.asked ? a.moves : [];
    if (!a.picked) line = typed;
    if (a.danger) {
      // Help comes before everything, also before what the class does meanwhile. The line
      // isn't shown again.
      document.getElementById("say").value = typed = line = "";
      reply(at, a);
      live.hidden = true;
      first = document.createElement("section");
      first.tabIndex = -1;
      first.id = "first";
      first.setAttribute("aria-labelledby", "firsthead");
      first.innerHTML = words.first;
      live.parentNode.insertBefore(first, live);
      first.focus();
      scrollTo(0, 0);
      return;
    }
    const box = document.getElementById("ears"), who = box.getAttribute("data-who");
    const aloud = box.hasAttribute("data-aloud");
    const own = part(at, "p", "", aloud ? "speech" : "msg own");
    if (aloud) part(own, "strong", who + ":").insertAdjacentText("afterend", " ");
    else part(own, "span", who, "who");
    part(own, "span", line, aloud ? "" : "said");
    if (a.asked) {
      part(at, "p", a.asked.asks, "strong");
      a.asked.options.forEach((words, i) => {
        const b = part(at, "button", words, "meant");
        b.type = "button";
        b.setAttribute("data-meant", a.moves[i] || "");
      });
    } else {
      if (a.told.gentle) part(at, "p", a.told.gentle, "strong");
      reply(at, a);
      if (a.told.strong) part(at, "p", a.told.strong, "strong");
    }
    [a.told.weak, a.told.unsure, a.asked && a.told.gentle].forEach((words) => { if (words) part(at, "p", words); });
    if (!a.asked) part(at, "p", words.goesOn);
  };
  const reply = (at, a) => {
    const all = document.querySelectorAll("template.reply");
    if (a.reply >= 0 && all[a.reply]) at.appendChild(all[a.reply].content.cloneNode(true));
  };
  document.addEventListener("click", quietly((e) => {
    const id = e.target.id || "";
    if (id === "listen" && hears) {
      typed = document.getElementById("say").value.trim();
      if (typed) askEars({ line: typed, asked: moves });
      else document.getElementById("say").focus();
    } else if (e.target.className === "meant" && hears) {
      const meant = e.target.getAttribute("data-meant");
      document.getElementById("listen").focus(); // This button is about to go.
      askEars({ meant: meant });
    }
  }));
  // What stands first isn't taken away by the end of a class: the page waits.
  let waiting = false;
  const toSeat = () => {
    if (first) waiting = true;
    else location.replace("/seat");
  };
  document.addEventListener("click", (e) => {
    if (!e.target || !first || e.target.id !== "back" && e.target.id !== "notmeant") return;
    if (e.target.id === "notmeant") { // The story has heard nothing.
      const heard = document.getElementById("heard");
      if (heard) heard.textContent = "";
    }
    first.parentNode.removeChild(first);
    first = null;
    if (waiting) location.replace("/seat");
    live.hidden = false;
    const at = document.getElementById("say") || now();
    if (at) at.focus();
  });

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
    on("gone", () => { stop(); toSeat(); });
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
      if (!isOurs(x)) { stop(); toSeat(); return; }
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
    fit();
    listen();
    connect();
    later(watch, 500);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", safely(start));
  else safely(start)();
})();
