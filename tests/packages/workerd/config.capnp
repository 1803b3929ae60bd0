using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "test", worker = .test)],
);
const main :Workerd.Worker = (
  compatibilityDate = "2026-11-01",
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "app.wasm", wasm = embed "app.wasm"),
  ],
);
const test :Workerd.Worker = (
  compatibilityDate = "2026-11-01",
  modules = [(name = "test.js", esModule = embed "test.js")],
  bindings = [(name = "main", service = "main")],
);
