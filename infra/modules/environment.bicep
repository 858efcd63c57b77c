// Puts the modules of one environment together.
param environmentName string
param suffix string
param location string
param smsDataLocation string
param site string
@secure()
param recordKeys string
param clinics array
@secure()
param clinicKeys object
param schedules object
param otlpEndpoint string
@secure()
param otlpHeaders string
param alertEmails array
param maximumInstances int
param privateNetworking bool
param storageSku string
param logRetentionDays int
param tags object

var name = 'ki-${environmentName}-${suffix}'
var compactName = take(toLower('ki${replace(environmentName, '-', '')}${suffix}'), 20)

// KetamineIntake.Core/Records/Messages.cs; a queue without its declaration stops the app's messages, so the names are compared in a test.
var queues = [
  'purge'
  'labs'
  'reminders'
  'plans'
  'text-answers'
  'consents'
  'sms-events'
]

// Events about texts that Event Grid could not put into their queue.
var undelivered = 'sms-events-undelivered'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${name}'
  location: location
  tags: tags
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  params: {
    name: name
    location: location
    retentionDays: logRetentionDays
    identityPrincipalId: identity.properties.principalId
    tags: tags
  }
}

module network 'network.bicep' = if (privateNetworking) {
  name: 'network'
  params: {
    name: name
    location: location
    tags: tags
  }
}

module hostStorage 'storage.bicep' = {
  name: 'host-storage'
  params: {
    name: '${compactName}host'
    location: location
    sku: storageSku
    containers: ['deployments']
    privateNetworking: privateNetworking
    endpointSubnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
    privateDnsZoneIds: privateNetworking ? network!.outputs.zoneIds : {}
    roles: [
      // Locks, leases and keys of the host, in containers that it makes itself, and the app's package: so the account, not a container.
      { principalId: identity.properties.principalId, principal: 'app', role: 'Storage Blob Data Owner' }
    ]
    logWorkspaceId: monitoring.outputs.workspaceId
    tags: tags
  }
}

module records 'storage.bicep' = {
  name: 'records-storage'
  params: {
    name: '${compactName}rec'
    location: location
    sku: storageSku
    containers: [undelivered]
    queues: queues
    tables: ['records']
    privateNetworking: privateNetworking
    endpointSubnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
    privateDnsZoneIds: privateNetworking ? network!.outputs.zoneIds : {}
    userPrincipalId: identity.properties.principalId
    logWorkspaceId: monitoring.outputs.workspaceId
    tags: tags
  }
}

module vault 'keyvault.bicep' = {
  name: 'key-vault'
  params: {
    name: take('kv-${name}', 24)
    location: location
    secrets: union({ 'record-keys': recordKeys }, empty(otlpHeaders) ? {} : { 'otlp-headers': otlpHeaders }, reduce(clinics, {}, (all, clinic) => union(all, {
      '${clinic.slug}-clinician-key': clinicKeys[clinic.slug].clinician
      '${clinic.slug}-director-key': clinicKeys[clinic.slug].director
    })))
    readerPrincipalId: identity.properties.principalId
    privateNetworking: privateNetworking
    endpointSubnetId: privateNetworking ? network!.outputs.endpointSubnetId : ''
    privateDnsZoneIds: privateNetworking ? network!.outputs.zoneIds : {}
    logWorkspaceId: monitoring.outputs.workspaceId
    tags: tags
  }
}

module sms 'communication.bicep' = {
  name: 'communication'
  params: {
    name: name
    dataLocation: smsDataLocation
    senderPrincipalId: identity.properties.principalId
    tags: tags
  }
}

module smsEvents 'sms-events.bicep' = {
  name: 'sms-events'
  params: {
    topicName: sms.outputs.topicName
    topicPrincipalId: sms.outputs.topicPrincipalId
    recordsAccountName: records.outputs.accountName
    undeliveredContainer: undelivered
  }
}

module app 'functionapp.bicep' = {
  name: 'function-app'
  params: {
    name: name
    location: location
    identityId: identity.id
    identityClientId: identity.properties.clientId
    hostAccountName: hostStorage.outputs.accountName
    deploymentContainerUrl: '${hostStorage.outputs.blobEndpoint}deployments'
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    maximumInstances: maximumInstances
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    site: site
    settings: union(schedules, {
      Records__tableServiceUri: records.outputs.tableEndpoint
      Records__queueServiceUri: records.outputs.queueEndpoint
      Records__credential: 'managedidentity'
      Records__clientId: identity.properties.clientId
      RecordKeys: '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/record-keys)'
      Sms__Endpoint: sms.outputs.endpoint
      Sms__ClientId: identity.properties.clientId
      TelemetryExporter: empty(otlpEndpoint) ? 'monitor' : 'monitor+otlp'
      Collector__Endpoint: otlpEndpoint
      Collector__Protocol: 'grpc'
      Collector__Headers: empty(otlpHeaders) ? '' : '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/otlp-headers)'
    }, reduce(range(0, length(clinics)), {}, (all, i) => union(all, {
      'Clinics__${i}__Slug': clinics[i].slug
      'Clinics__${i}__Name': clinics[i].name
      'Clinics__${i}__TimeZone': clinics[i].timeZone
      'Clinics__${i}__Phone': clinics[i].phone
      'Clinics__${i}__TextNumber': clinics[i].?textNumber ?? ''
      'Clinics__${i}__Demonstration': string(clinics[i].?demonstration ?? false)
      'Clinics__${i}__ClinicianKey': '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/${clinics[i].slug}-clinician-key)'
      'Clinics__${i}__DirectorKey': '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/${clinics[i].slug}-director-key)'
    })))
    tags: union(tags, { 'azd-service-name': 'intake' })
  }
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  params: {
    name: name
    location: location
    workspaceId: monitoring.outputs.workspaceId
    smsTopicId: sms.outputs.topicId
    emails: alertEmails
    tags: tags
  }
}

output functionAppName string = app.outputs.name
output defaultHostName string = app.outputs.defaultHostName
output domainVerificationId string = app.outputs.domainVerificationId
output keyVaultName string = vault.outputs.name
output recordsAccountName string = records.outputs.accountName
output smsEndpoint string = sms.outputs.endpoint
