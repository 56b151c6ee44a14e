"""HL7 FHIR R4 (4.0.1): one trial of one patient as a Bundle. Described in ``docs/fhir.md``."""
