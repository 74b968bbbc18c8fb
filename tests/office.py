"""A real LibreOffice for tests: it opens a file, runs a macro of ours on it, and saves it in a form of its own."""

import shutil
import subprocess

import pytest

PATIENCE = 180  # seconds
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
)
LIBRARY = HEAD.format("library:library", "library") + (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false">'
    '<library:element library:name="Ours"/></library:library>'
)
MODULE = HEAD.format("script:module", "module") + (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Ours" script:language="StarBasic">'
    "<![CDATA[{0}]]></script:module>"
)
MACRO = """
Sub Correct(source As String, target As String, form As String, options As String)
  Dim opened(1) As New com.sun.star.beans.PropertyValue
  opened(0).Name = "Hidden" : opened(0).Value = True
  opened(1).Name = "FilterOptions" : opened(1).Value = "44,34,76,1"
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, opened())
  For Each one In doc.Sheets.ElementNames
    If one = "incidents" Then sheet = doc.Sheets.getByName(one)
  Next
  If IsEmpty(sheet) Then sheet = doc.Sheets.getByIndex(0)
  {steps}
  Dim saved(1) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName" : saved(0).Value = form
  saved(1).Name = "FilterOptions" : saved(1).Value = Join(Split(options, " "), ",")
  doc.storeToURL(target, saved())
  doc.close(True)
End Sub
"""
FORMS = {
    "xlsx": ("Calc MS Excel 2007 XML", ""),
    "csv": ("Text - txt - csv (StarCalc)", "59 34 76 1"),
    "ods": ("calc8", ""),
}


class Office:
    """LibreOffice with a profile of its own."""

    def __init__(self, folder):
        """Make the profile; skip the test where there is no LibreOffice."""
        self.folder, self.program = folder, shutil.which("soffice")
        if self.program is None:
            pytest.skip("LibreOffice is not here: apt-get install libreoffice-calc-nogui")
        self._run("--terminate_after_init")

    def correct(self, source, steps="", form="xlsx"):
        """Open `source`, do `steps` of Basic on its `sheet`, save it as `form`, and give the file."""
        target = self.folder / f"{source.stem}-out.{form}"
        basic = self.folder / "profile" / "user" / "basic" / "Standard"
        (basic / "script.xlb").write_text(LIBRARY)
        (basic / "Ours.xba").write_text(MODULE.format(MACRO.format(steps=steps)))
        told = (source.as_uri(), target.as_uri(), *FORMS[form])
        self._run(f"macro:///Standard.Ours.Correct({','.join(told)})")
        assert target.is_file(), "LibreOffice saved nothing: is the macro sound?"
        return target

    def _run(self, *words):
        """Run it once, to its end."""
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = [self.program, profile, "--headless", "--norestore", *words]
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
