// Entry module of both sites: wires the small parts together. Every page works without it.
import "./clock-days.js";
import "./focus.js";
import "./keys.js";
import "./requests.js";
import "./scroll.js";
import "./session.js";
import "./toasts.js";
