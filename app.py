"""The entrance: page settings and the site map. Everything else lives in the pages."""

from pages.shared import site

site.configure()
site.navigation().run()
