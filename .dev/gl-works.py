#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Succeeds when GTK can draw with the graphics card (or its stand-in) on the present display."""
import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

Gtk.init_check()
display = Gdk.Display.get_default()
try:
    sys.exit(0 if display and display.prepare_gl() else 1)
except GLib.Error:
    sys.exit(1)
