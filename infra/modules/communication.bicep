// Communication Services, the right to send texts with it, and the topic of its events. Numbers are bought and verified by hand: that takes weeks and a business case.
param name string
param dataLocation string
param senderPrincipalId string
param tags object

resource service 'Microsoft.Communication/communicationServices@2025-09-01' = {
  name: 'acs-${name}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
  }
}

// Communication and Email Service Owner. More than sending takes, but the service is reported not to honour custom roles: their assignments succeed and every call is refused at run
// time. So the smallest built-in role that it does honour, on this one resource.
var serviceOwner = '09976791-48a7-449e-bb21-39d1a415f350'

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(service.id, senderPrincipalId, serviceOwner)
  scope: service
  properties: {
    principalId: senderPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceOwner)
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: 'egst-${name}'
  location: 'global'
  tags: tags
  // System-assigned: only such an identity passes a storage account's firewall as a trusted service.
  identity: { type: 'SystemAssigned' }
  properties: {
    source: service.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

output topicName string = topic.name
output topicId string = topic.id
output topicPrincipalId string = topic.identity.principalId
output endpoint string = 'https://${service.properties.hostName}'
