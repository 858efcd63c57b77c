// A storage account that no shared key opens, with what it holds declared, and who may use it.
@minLength(3)
@maxLength(24)
param name string
param location string
param sku string
param containers array = []
param queues array = []
param tables array = []
param privateNetworking bool
param endpointSubnetId string
param privateDnsZoneIds object
@description('[{principalId, principal, role}] for the whole account; principal is a name of our own for it, role one of the names below.')
param roles array = []
@description('Who uses the declared queues and tables, and may make no others. Empty: nobody.')
param userPrincipalId string = ''
param logWorkspaceId string
param tags object

var roleIds = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

// Each queue has its poison queue: the host would make it on the first failure, but an alert needs no first failure to exist.
var allQueues = concat(queues, map(queues, queue => '${queue}-poison'))
var services = concat(empty(containers) ? [] : ['blob'], empty(queues) ? [] : ['queue'], empty(tables) ? [] : ['table'])

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateNetworking ? 'Disabled' : 'Enabled'
    networkAcls: {
      // Event Grid delivers into the queue as a trusted service with its system-assigned identity.
      bypass: 'AzureServices'
      defaultAction: privateNetworking ? 'Deny' : 'Allow'
    }
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = if (!empty(containers)) {
  parent: account
  name: 'default'
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [for item in containers: {
  parent: blobService
  name: item
}]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = if (!empty(queues)) {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' = [for item in allQueues: {
  parent: queueService
  name: item
}]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = if (!empty(tables)) {
  parent: account
  name: 'default'
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2024-01-01' = [for item in tables: {
  parent: tableService
  name: item
}]

// Named by who and what, so that the order of the list means nothing. An id of a principal is not known early enough for a name.
resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for item in roles: {
  name: guid(account.id, item.principal, item.role)
  scope: account
  properties: {
    principalId: item.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[item.role])
  }
}]

// Contributor, not processor: putting a failed message back in sight is an update. No built-in role allows that and leaves the queue itself alone.
resource queueUser 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (item, i) in allQueues: if (!empty(userPrincipalId)) {
  name: guid(account.id, item, 'app', 'Storage Queue Data Contributor')
  scope: queue[i]
  properties: {
    principalId: userPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Storage Queue Data Contributor'])
  }
}]

resource tableUser 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (item, i) in tables: if (!empty(userPrincipalId)) {
  name: guid(account.id, item, 'app', 'Storage Table Data Contributor')
  scope: table[i]
  properties: {
    principalId: userPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Storage Table Data Contributor'])
  }
}]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (!empty(tables)) {
  name: 'records'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Health records: deleting this account loses them.'
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [for service in services: if (privateNetworking) {
  name: 'pe-${name}-${service}'
  location: location
  tags: tags
  properties: {
    subnet: { id: endpointSubnetId }
    privateLinkServiceConnections: [
      {
        name: service
        properties: {
          privateLinkServiceId: account.id
          groupIds: [service]
        }
      }
    ]
  }
}]

resource endpointZone 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (service, i) in services: if (privateNetworking) {
  parent: endpoint[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: service
        properties: { privateDnsZoneId: privateDnsZoneIds[service] }
      }
    ]
  }
}]

resource tableAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(tables)) {
  name: 'audit'
  scope: tableService
  properties: {
    workspaceId: logWorkspaceId
    logs: [
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

output accountId string = account.id
output accountName string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
// Without the closing slash, as the settings want them.
output queueEndpoint string = 'https://${account.name}.queue.${environment().suffixes.storage}'
output tableEndpoint string = 'https://${account.name}.table.${environment().suffixes.storage}'
