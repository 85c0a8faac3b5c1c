"""An e-mail as a customer's program sends it."""

EML = b"""From: Claire Petit <claire@librairie.example>
To: facturation@atelier-lumiere.example
Subject: =?utf-8?q?Facture_re=C3=A7ue?=
Date: Mon, 23 Nov 2026 10:00:00 +0100
Message-ID: <abc@librairie.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html; charset=utf-8

<p>Bonjour,</p><script>alert(1)</script><p>je paie <b>vendredi</b>.</p>
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="../../bon.pdf"

%PDF-1.7
--x--
"""
