"""The web page on 127.0.0.1: what is in an archive, shown to whoever would rather look than read.

::

    app          makes the application: guard -> ONE table of routes (`routes`) -> views
     ├ guard     who may come in (`access`), and the headers of every answer
     ├ visit     what a view is given: the request, its form, the desk, the templates
     ├ views/    one module a page; each calls `facts` and renders a template
     ├ facts/    what pages and the JSON interface say alike, as frozen values
     └ desk      the open archive, and the long acts (`acts`) in one worker thread

No page asks for anything outside, and all of them can be read and used without scripts.
"""
