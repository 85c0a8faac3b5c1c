// What every page can do beyond links and forms. Each behaviour is asked for by an attribute in the page.

import "./autosubmit.js";
import "./confirm.js";
import "./copy.js";
import "./menus.js";
import "./palette.js";
import "./scroll.js";
import "./shortcuts.js";
import "./ticks.js";
import "./toasts.js";
