// One environment of KetamineIntake: everything that the Functions host needs, nothing with a shared key.
targetScope = 'subscription'

@minLength(1)
@maxLength(12)
@description('Short name of the environment, such as dev or prod; part of every resource name.')
param environmentName string

@description('Region of all resources. Flex Consumption must be offered there.')
param location string

@description('Where Communication Services keeps its data at rest.')
@allowed(['United States', 'Canada', 'Europe', 'UK', 'Australia'])
param smsDataLocation string = 'United States'

// A link must fit into a text (SmsSignature.MaximumLinkBase), and no azurewebsites.net name is that short: a name of one's own is needed.
@minLength(9)
@maxLength(28)
@description('https address at which patients reach the forms, part of links in texts, such as https://intake.example.org. Its name must be bound to the app by hand, once: see the README.')
param site string

@secure()
@description('Record keys: "id base64", the current one first, older ones behind semicolons. Losing them loses every record: keep a copy outside Azure.')
param recordKeys string

@description('The first clinics; each {slug, name, timeZone, phone, textNumber, demonstration}. A clinic that exists is left as it is.')
param clinics array = []

@secure()
@description('The staff keys of the first clinics, by slug: {SLUG: {clinician, director}}.')
param clinicKeys object = {}

@description('Schedules of the timers, six fields, UTC.')
param schedules object = {
  ReleaseMessagesSchedule: '0 * * * * *'
  FlagLabsSchedule: '30 */15 * * * *'
}

@description('Address of an OpenTelemetry collector (OTLP over gRPC) that gets the app\'s own traces, metrics and logs beside Application Insights. Empty: Application Insights only.')
param otlpEndpoint string = ''

@secure()
@description('Headers that the collector asks for, such as "api-key=SECRET".')
param otlpHeaders string = ''

@description('Who is told of alerts. Empty: the alerts are seen in the portal only, and the output ALERT_RECEIVERS says 0.')
param alertEmails array = []

@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Reach storage and Key Vault through private endpoints only.')
param privateNetworking bool = false

@description('ZRS where the region has zones and the environment is worth it.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

param tags object = {}

var allTags = union(tags, { 'azd-env-name': environmentName, app: 'ketamine-intake' })
var suffix = take(uniqueString(subscription().id, environmentName, location), 8)

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-ketamine-intake-${environmentName}'
  location: location
  tags: allTags
}

module app 'modules/environment.bicep' = {
  scope: group
  name: 'ketamine-intake-${environmentName}'
  params: {
    environmentName: environmentName
    suffix: suffix
    location: location
    smsDataLocation: smsDataLocation
    site: site
    recordKeys: recordKeys
    clinics: clinics
    clinicKeys: clinicKeys
    schedules: schedules
    otlpEndpoint: otlpEndpoint
    otlpHeaders: otlpHeaders
    alertEmails: alertEmails
    maximumInstances: maximumInstances
    privateNetworking: privateNetworking
    storageSku: storageSku
    logRetentionDays: logRetentionDays
    tags: allTags
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP_NAME string = app.outputs.functionAppName
output SITE string = site
output DEFAULT_HOST_NAME string = app.outputs.defaultHostName
output DOMAIN_VERIFICATION_ID string = app.outputs.domainVerificationId
output AZURE_KEY_VAULT_NAME string = app.outputs.keyVaultName
output RECORDS_STORAGE_ACCOUNT string = app.outputs.recordsAccountName
output COMMUNICATION_ENDPOINT string = app.outputs.smsEndpoint
output ALERT_RECEIVERS int = length(alertEmails)
