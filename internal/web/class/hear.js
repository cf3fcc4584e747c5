// The worker that hears what is typed. It is given the recogniser by the page, and answers
// it. The policy that this file is served with lets it compile the recogniser, which the
// page may not, and lets it connect to nothing: what is typed can't leave the device here.
"use strict";
importScripts("/wasm_exec.js");
onmessage = (e) => {
  const m = e.data;
  if (m.program) {
    const go = new Go();
    WebAssembly.instantiate(m.program, go.importObject).then((it) => {
      go.run(it.instance);
      const wrong = self.wayoutStart(new Uint8Array(m.frames), new Uint8Array(m.weights));
      postMessage({ ready: wrong === "", wrong: wrong });
    }).catch((err) => { postMessage({ ready: false, wrong: String(err) }); });
    return;
  }
  const answer = "meant" in m ? self.wayoutMeant(m.rehearsal, m.phrases, m.meant) : self.wayoutHear(m.rehearsal, m.phrases, m.line, m.asked);
  postMessage({ answer: answer, turn: m.turn });
};
