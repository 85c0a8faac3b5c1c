"""Where each business term stands in a Cross Industry Invoice: the one table that reading, writing and locating share.

One line an element or attribute, indented as in the XML and in the order of the schema (D22B, which D16B contains).
The columns:

1. name; `[path=value]` tells apart elements of one name by what stands inside them; `a/b` is two levels in one line;
2. target: the field of `reglo.core.document` it carries, relative to the nearest line above that has a target;
   `field[]` repeats, `^field` belongs to the invoice, `=value` is a constant of the syntax, `-` is structure only;
3. kind: see `Kind`; structure has none;
4. profile: the smallest Factur-X profile that has it (M minimum, W basic without lines, B basic, E EN 16931,
   X extended, F extended but not EXTENDED-CTC-FR);
5. term: BT or BG number in EN 16931-1, or EXT-FR-FE number in XP Z12-012.

`use NAME` stands for the lines of the table of that name below; `X=A,B` after it says that in this
place A and B need a higher profile. Facts from EN 16931-3-3 and the Factur-X 1.09 schemas.
"""

DOCUMENT = """
rsm:ExchangedDocumentContext                                        -                    structure  M
  ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID       business_process     code       M  BT-23
  ram:GuidelineSpecifiedDocumentContextParameter/ram:ID             specification        code       M  BT-24
rsm:ExchangedDocument                                               -                    structure  M
  ram:ID                                                            number               code       M  BT-1
  ram:TypeCode                                                      type_code            code       M  BT-3
  ram:IssueDateTime/udt:DateTimeString                              issue_date           date       M  BT-2
  ram:IncludedNote                                                  notes[]              structure  W  BG-1
    ram:Content                                                     text                 text       W  BT-22
    ram:SubjectCode                                                 subject              code       W  BT-21
rsm:SupplyChainTradeTransaction                                     -                    structure  M
  ram:IncludedSupplyChainTradeLineItem                              lines[]              structure  B  BG-25
    use LINE
  ram:ApplicableHeaderTradeAgreement                                -                    always     M
    ram:BuyerReference                                              buyer_reference      text       M  BT-10
    ram:SellerTradeParty                                            seller               structure  M  BG-4
      use PARTY  E=Description
    ram:BuyerTradeParty                                             buyer                structure  M  BG-7
      use PARTY  W=PostalTradeAddress,SpecifiedTaxRegistration  X=Description
    ram:SalesAgentTradeParty                                        seller_agent         structure  X  EXT-FR-FE-BG-03
      use PARTY
    ram:SellerTaxRepresentativeTradeParty                           tax_representative   structure  W  BG-11
      use PARTY  X=ID,GlobalID,Description,SpecifiedLegalOrganization,DefinedTradeContact,URIUniversalCommunication
    ram:SellerOrderReferencedDocument/ram:IssuerAssignedID          sales_order          code       E  BT-14
    ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID           purchase_order       code       M  BT-13
    ram:ContractReferencedDocument/ram:IssuerAssignedID             contract             code       W  BT-12
    ram:AdditionalReferencedDocument[ram:TypeCode=916]              supporting_documents[]  structure  E  BG-24
      ram:IssuerAssignedID                                          reference            code       E  BT-122
      ram:URIID                                                     url                  code       E  BT-124
      ram:TypeCode                                                  =916                 constant   E
      ram:Name                                                      description          text       E  BT-123
      ram:AttachmentBinaryObject                                    attachment           binary     E  BT-125
    ram:AdditionalReferencedDocument[ram:TypeCode=50]               -                    structure  E
      ram:IssuerAssignedID                                          tender               code       E  BT-17
      ram:TypeCode                                                  =50                  constant   E
    ram:AdditionalReferencedDocument[ram:TypeCode=130]              invoiced_object      structure  E  BT-18
      ram:IssuerAssignedID                                          value                code       E  BT-18
      ram:TypeCode                                                  =130                 constant   E
      ram:ReferenceTypeCode                                         scheme               code       E  BT-18-1
    ram:BuyerAgentTradeParty                                        buyer_agent          structure  X  EXT-FR-FE-BG-01
      use PARTY
    ram:SpecifiedProcuringProject                                   -                    structure  E
      ram:ID                                                        project              code       E  BT-11
      ram:Name                                                      =Project reference   constant   E
  ram:ApplicableHeaderTradeDelivery                                 -                    always     M
    ram:ShipToTradeParty                                            delivery             structure  W  BG-13
      ram:ID                                                        location             plain-id   W  BT-71
      ram:GlobalID                                                  location             global-id  W  BT-71
      ram:Name                                                      name                 text       W  BT-70
      ram:PostalTradeAddress                                        address              structure  W  BG-15
        use ADDRESS
    ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString  delivery.date  date  W  BT-72
    ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID       despatch_advice      code       W  BT-16
    ram:ReceivingAdviceReferencedDocument/ram:IssuerAssignedID      receiving_advice     code       E  BT-15
  ram:ApplicableHeaderTradeSettlement                               -                    always     M
    ram:CreditorReferenceID                                         payment.creditor     code       W  BT-90
    ram:PaymentReference                                            payment.remittance_information  text  W  BT-83
    ram:TaxCurrencyCode                                             vat_currency         code       W  BT-6
    ram:InvoiceCurrencyCode                                         currency             code       M  BT-5
    ram:InvoicerTradeParty                                          invoicer             structure  X  EXT-FR-FE-BG-04
      use PARTY
    ram:InvoiceeTradeParty                                          invoicee             structure  X  EXT-FR-FE-BG-05
      use PARTY
    ram:PayeeTradeParty                                             payee                structure  W  BG-10
      use PARTY  X=Description,DefinedTradeContact,PostalTradeAddress,URIUniversalCommunication,SpecifiedTaxRegistration
    ram:PayerTradeParty                                             payer                structure  X  EXT-FR-FE-BG-02
      use PARTY
    ram:SpecifiedTradeSettlementPaymentMeans                        payment.means[]      structure  W  BG-16
      ram:TypeCode                                                  code                 code       W  BT-81
      ram:Information                                               text                 text       E  BT-82
      ram:ApplicableTradeSettlementFinancialCard                    card                 structure  E  BG-18
        ram:ID                                                      number               code       E  BT-87
        ram:CardholderName                                          holder               text       E  BT-88
      ram:PayerPartyDebtorFinancialAccount/ram:IBANID               debited_account      code       W  BT-91
      ram:PayeePartyCreditorFinancialAccount                        account              structure  W  BG-17
        ram:IBANID                                                  identifier           iban       W  BT-84
        ram:AccountName                                             name                 text       E  BT-85
        ram:ProprietaryID                                           identifier           proprietary  W  BT-84
      ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID      account.bic          code       E  BT-86
    ram:ApplicableTradeTax                                          vat_breakdown[]      structure  W  BG-23
      ram:CalculatedAmount                                          tax                  number     W  BT-117
      ram:TypeCode                                                  =VAT                 constant   W
      ram:ExemptionReason                                           exemption_reason     text       W  BT-120
      ram:BasisAmount                                               taxable              number     W  BT-116
      ram:CategoryCode                                              category             code       W  BT-118
      ram:ExemptionReasonCode                                       exemption_code       code       W  BT-121
      ram:TaxPointDate/udt:DateString                               ^tax_point_date      date       E  BT-7
      ram:DueDateTypeCode                                           ^tax_point_code      tax-point  W  BT-8
      ram:RateApplicablePercent                                     rate                 number     W  BT-119
    ram:BillingSpecifiedPeriod                                      period               structure  W  BG-14
      use PERIOD
    ram:SpecifiedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator=false]  allowances[]  structure  W  BG-20
      ram:ChargeIndicator/udt:Indicator                             =false               constant   W
      use ALLOWANCE
      use ALLOWANCE_VAT
    ram:SpecifiedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator=true]  charges[]  structure  W  BG-21
      ram:ChargeIndicator/udt:Indicator                             =true                constant   W
      use ALLOWANCE
      use ALLOWANCE_VAT
    ram:SpecifiedLogisticsServiceCharge                             charges[]            other-place  F  BG-21
      ram:Description                                               reason               text       F  BT-104
      ram:AppliedAmount                                             amount               number     F  BT-99
      ram:AppliedTradeTax                                           -                    first      F
        ram:TypeCode                                                =VAT                 constant   F
        ram:CategoryCode                                            vat_category         code       F  BT-102
        ram:RateApplicablePercent                                   vat_rate             number     F  BT-103
    ram:SpecifiedTradePaymentTerms                                  -                    first      W
      ram:Description                                               payment_terms        text       W  BT-20
      ram:DueDateDateTime/udt:DateTimeString                        due_date             date       W  BT-9
      ram:DirectDebitMandateID                                      payment.mandate      code       W  BT-89
    ram:SpecifiedTradeSettlementHeaderMonetarySummation             totals               structure  M  BG-22
      ram:LineTotalAmount                                           lines                number     W  BT-106
      ram:ChargeTotalAmount                                         charges              number     W  BT-108
      ram:AllowanceTotalAmount                                      allowances           number     W  BT-107
      ram:TaxBasisTotalAmount                                       net                  number     M  BT-109
      ram:TaxTotalAmount[@currencyID=currency]                      vat                  number     M  BT-110
        @currencyID                                                 ^currency            code       M  BT-5
      ram:TaxTotalAmount[@currencyID=vat_currency]                  vat_accounting       number     W  BT-111
        @currencyID                                                 ^vat_currency        code       W  BT-6
      ram:RoundingAmount                                            rounding             number     E  BT-114
      ram:GrandTotalAmount                                          gross                number     M  BT-112
      ram:TotalPrepaidAmount                                        paid                 number     W  BT-113
      ram:DuePayableAmount                                          due                  number     M  BT-115
    ram:InvoiceReferencedDocument                                   preceding_invoices[]  structure  W  BG-3
      ram:IssuerAssignedID                                          number               code       W  BT-25
      ram:TypeCode                                                  type_code            code       X  EXT-FR-FE-02
      ram:FormattedIssueDateTime/qdt:DateTimeString                 issue_date           date       W  BT-26
    ram:ReceivableSpecifiedTradeAccountingAccount                   -                    first      W
      ram:ID                                                        buyer_accounting_reference  code  W  BT-19
"""

LINE = """
ram:AssociatedDocumentLineDocument                                  -                    structure  B
  ram:LineID                                                        identifier           code       B  BT-126
  ram:ParentLineID                                                  parent               code       X  EXT-FR-FE-162
  ram:LineStatusReasonCode                                          kind                 code       X  EXT-FR-FE-163
  ram:IncludedNote                                                  notes[]              structure  B  BT-127
    ram:Content                                                     text                 text       B  BT-127
    ram:SubjectCode                                                 subject              code       X  EXT-FR-FE-183
ram:SpecifiedTradeProduct                                           item                 structure  B  BG-31
  ram:GlobalID                                                      standard_identifier  id         B  BT-157
  ram:SellerAssignedID                                              seller_identifier    code       E  BT-155
  ram:BuyerAssignedID                                               buyer_identifier     code       E  BT-156
  ram:Name                                                          name                 text       B  BT-153
  ram:Description                                                   description          text       E  BT-154
  ram:ApplicableProductCharacteristic                               attributes[]         structure  E  BG-32
    ram:TypeCode                                                    code                 code       X  EXT-FR-FE-159
    ram:Description                                                 name                 text       E  BT-160
    ram:Value                                                       value                text       E  BT-161
  ram:DesignatedProductClassification                               classifications[]    structure  E  BT-158
    ram:ClassCode                                                   value                code       E  BT-158
      @listID                                                       scheme               code       E  BT-158-1
      @listVersionID                                                scheme_version       code       E  BT-158-2
  ram:OriginTradeCountry/ram:ID                                     origin_country       code       E  BT-159
ram:SpecifiedLineTradeAgreement                                     -                    always     B
  ram:BuyerOrderReferencedDocument                                  -                    structure  E
    ram:IssuerAssignedID                                            order.number         code       X  EXT-FR-FE-135
    ram:LineID                                                      order_line           code       E  BT-132
    ram:FormattedIssueDateTime/qdt:DateTimeString                   order.issue_date     date       X
  ram:GrossPriceProductTradePrice                                   price                structure  B  BG-29
    ram:ChargeAmount                                                gross                number     B  BT-148
    ram:BasisQuantity                                               base_quantity        gross-base  B  BT-149
    ram:AppliedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator=false]  -          first      B
      ram:ChargeIndicator/udt:Indicator                             =false               constant   B
      ram:ActualAmount                                              discount             number     B  BT-147
  ram:NetPriceProductTradePrice                                     price                structure  B  BG-29
    ram:ChargeAmount                                                net                  number     B  BT-146
    ram:BasisQuantity                                               base_quantity        number     B  BT-149
      @unitCode                                                     base_unit            code       B  BT-150
ram:SpecifiedLineTradeDelivery                                      -                    always     B
  ram:BilledQuantity                                                quantity             number     B  BT-129
    @unitCode                                                       unit                 code       B  BT-130
  ram:ShipToTradeParty                                              delivery             structure  X
    ram:ID                                                          location             plain-id   X
    ram:GlobalID                                                    location             global-id  X
    ram:Name                                                        name                 text       X
    ram:PostalTradeAddress                                          address              structure  X
      use ADDRESS
  ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString  delivery.date  date  X  EXT-FR-FE-158
  ram:DespatchAdviceReferencedDocument                              despatch_advice      structure  X
    use REFERENCE
  ram:ReceivingAdviceReferencedDocument                             receiving_advice     structure  X
    use REFERENCE  F=FormattedIssueDateTime
ram:SpecifiedLineTradeSettlement                                    -                    always     B
  ram:ApplicableTradeTax                                            -                    first      B  BG-30
    ram:TypeCode                                                    =VAT                 constant   B
    ram:ExemptionReason                                             exemption_reason     text       X
    ram:CategoryCode                                                vat_category         code       B  BT-151
    ram:ExemptionReasonCode                                         exemption_code       code       X
    ram:RateApplicablePercent                                       vat_rate             number     B  BT-152
  ram:BillingSpecifiedPeriod                                        period               structure  B  BG-26
    use PERIOD
  ram:SpecifiedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator=false]  allowances[]  structure  B  BG-27
    ram:ChargeIndicator/udt:Indicator                               =false               constant   B
    use ALLOWANCE
  ram:SpecifiedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator=true]  charges[]   structure  B  BG-28
    ram:ChargeIndicator/udt:Indicator                               =true                constant   B
    use ALLOWANCE
  ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount  net_amount      number     B  BT-131
  ram:InvoiceReferencedDocument                                     preceding_invoice    structure  X
    ram:IssuerAssignedID                                            number               code       X  EXT-FR-FE-136
    ram:LineID                                                      line                 code       X
    ram:TypeCode                                                    type_code            code       X  EXT-FR-FE-137
    ram:FormattedIssueDateTime/qdt:DateTimeString                   issue_date           date       X  EXT-FR-FE-138
  ram:AdditionalReferencedDocument[ram:TypeCode=130]                invoiced_object      structure  E  BT-128
    ram:IssuerAssignedID                                            value                code       E  BT-128
    ram:TypeCode                                                    =130                 constant   E
    ram:ReferenceTypeCode                                           scheme               code       E  BT-128-1
  ram:ReceivableSpecifiedTradeAccountingAccount                     -                    first      E
    ram:ID                                                          buyer_accounting_reference  code  E  BT-133
"""

PARTY = """
ram:ID                                                              identifiers[]        plain-id   W
ram:GlobalID                                                        identifiers[]        global-id  W
ram:Name                                                            name                 text       M
ram:RoleCode                                                        role_code            code       X
ram:Description                                                     legal_information    text       W
ram:SpecifiedLegalOrganization                                      -                    structure  M
  ram:ID                                                            legal_registration   id         M
  ram:TradingBusinessName                                           trading_name         text       W
ram:DefinedTradeContact                                             contact              first      E
  ram:PersonName                                                    name                 text       E
  ram:DepartmentName                                                name                 other-name  E
  ram:TelephoneUniversalCommunication/ram:CompleteNumber            phone                text       E
  ram:EmailURIUniversalCommunication/ram:URIID                      email                code       E
ram:PostalTradeAddress                                              address              structure  M
  use ADDRESS
ram:URIUniversalCommunication/ram:URIID                             electronic_address   id         W
ram:SpecifiedTaxRegistration[ram:ID/@schemeID=VA]                   -                    structure  M
  ram:ID                                                            vat_identifier       code       M
    @schemeID                                                       =VA                  constant   M
ram:SpecifiedTaxRegistration[ram:ID/@schemeID=FC]                   -                    structure  M
  ram:ID                                                            tax_registration     code       M
    @schemeID                                                       =FC                  constant   M
"""

ADDRESS = """
ram:PostcodeCode                                                    post_code            code       W
ram:LineOne                                                         line_1               text       W
ram:LineTwo                                                         line_2               text       W
ram:LineThree                                                       line_3               text       W
ram:CityName                                                        city                 text       W
ram:CountryID                                                       country              code       M
ram:CountrySubDivisionName                                          subdivision          text       W
"""

PERIOD = """
ram:StartDateTime/udt:DateTimeString                                start                date       W
ram:EndDateTime/udt:DateTimeString                                  end                  date       W
"""

REFERENCE = """
ram:IssuerAssignedID                                                number               code       X
ram:LineID                                                          line                 code       X
ram:FormattedIssueDateTime/qdt:DateTimeString                       issue_date           date       X
"""

ALLOWANCE = """
ram:CalculationPercent                                              percent              number     W
ram:BasisAmount                                                     base                 number     W
ram:ActualAmount                                                    amount               number     W
ram:ReasonCode                                                      reason_code          code       W
ram:Reason                                                          reason               text       W
"""

ALLOWANCE_VAT = """
ram:CategoryTradeTax                                                -                    structure  W
  ram:TypeCode                                                      =VAT                 constant   W
  ram:CategoryCode                                                  vat_category         code       W
  ram:RateApplicablePercent                                         vat_rate             number     W
"""

TABLES = {
    "LINE": LINE,
    "PARTY": PARTY,
    "ADDRESS": ADDRESS,
    "PERIOD": PERIOD,
    "REFERENCE": REFERENCE,
    "ALLOWANCE": ALLOWANCE,
    "ALLOWANCE_VAT": ALLOWANCE_VAT,
}
