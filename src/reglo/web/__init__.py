"""The shell of the site: settings, layout, navigation, dashboard, components, static files."""
